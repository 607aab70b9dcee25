#include "show/metrics.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <regex>
#include <set>

#include "record/memory_stores.h"

namespace plimsoll::show {
namespace {

using testing::HasSubstr;

/// What the text format (prometheus.io/docs/instrumenting/exposition_formats) and the naming rules
/// (prometheus.io/docs/practices/naming) ask for. "" if `text` keeps to all of it.
std::string lint(const std::string& text) {
    static const std::regex help(R"(# HELP ([a-z_][a-z0-9_]*) (\S.*\.))"),
        type(R"(# TYPE ([a-z_][a-z0-9_]*) (counter|gauge))"),
        sample(
            R"re(([a-z_][a-z0-9_]*)(\{(?:[a-z_][a-z0-9_]*="(?:[^"\\\n]|\\["\\n])*"(?:,(?!\}))?)+\})? ([-+0-9.e]+|NaN|\+Inf))re");
    if (!text.ends_with("\n")) return "the last line does not end";
    std::set<std::string> families, series;
    std::string name, kind, helped;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = text.find('\n', from);
        const std::string line = text.substr(from, end - from);
        from = end + 1;
        std::smatch part;
        if (std::regex_match(line, part, help)) {
            helped = part[1];
            if (!families.insert(helped).second) return helped + " stands twice";
        } else if (std::regex_match(line, part, type)) {
            name = part[1];
            kind = part[2];
            if (name != helped) return name + " has no help";
            if (!name.starts_with("plimsoll_")) return name + " does not say whose it is";
            if ((kind == "counter") != name.ends_with("_total")) return name + " and _total";
            for (const char* unit : {"_ms", "_kb", "_mib", "_percent", "_milliseconds", "_count"})
                if (name.ends_with(unit)) return name + " has no base unit";
        } else if (std::regex_match(line, part, sample)) {
            if (part[1] != name) return "a sample stands outside of its family: " + line;
            if (!series.insert(part[1].str() + part[2].str()).second)
                return "a series stands twice: " + line;
        } else {
            return "cannot be read: " + line;
        }
    }
    return "";
}

struct SetClock : Clock {
    UnixNanos now() const override { return 1'767'571'200 * nanos_per_second; }
};

/// One evaluator, whose dimension is called what nobody should call it.
struct OneEvaluator : record::MemoryFacts {
    bool broken = false;
    Result<std::vector<record::ScoreSums>> score_sums(const record::Filter& filter) override {
        if (broken) return Error{"no"};
        EXPECT_EQ(filter.from, (1'767'571'200 - 3'600) * nanos_per_second);
        record::ScoreSums whole, one;
        whole.dimension = one.dimension = "a \"b\"\\\n";
        one.evaluator = "judge";
        one.scored = 12;
        one.unscored = 3;
        return std::vector{whole, one};
    }
};

struct MetricsTest : testing::Test {
    SetClock clock;
    record::MemoryJournal journal;
    OneEvaluator facts;
    record::IntakeCounts counts;
    evaluate::Scorecard scorecard;
    Api api{{.version = "0.1.0",
             .started = 5 * nanos_per_second,
             .configuration = "c1",
             .scorecard = &scorecard},
            {facts, journal, counts, clock,
             [] { return LiveStatus{.read_seq = 1, .budget_used = 7, .budget_bytes_max = 9}; }}};
};

TEST_F(MetricsTest, keep_to_the_format_and_say_what_is) {
    counts.spans_accepted = 18'446'744'073'709;
    journal.receive(1, "x");
    journal.receive(2, "y");
    journal.receive(3, "z");
    const HttpAnswer answer = metrics_answer(api);
    EXPECT_EQ(answer.type, "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_EQ(lint(answer.body), "");
    for (const char* line :
         {"plimsoll_build_info{configuration=\"c1\",version=\"0.1.0\"} 1\n",
          "plimsoll_start_time_seconds 5\n", "# TYPE plimsoll_intake_spans_total counter\n",
          "plimsoll_intake_spans_total{outcome=\"accepted\"} 18446744073709\n",
          "plimsoll_byte_budget_used_bytes 7\n", "plimsoll_facts_lag_rows 2\n",
          "plimsoll_evaluator_verdicts{dimension=\"a \\\"b\\\"\\\\\\n\",evaluator=\"judge\","
          "outcome=\"scored\"} 12\n",
          "plimsoll_stores_up 1\n"})
        EXPECT_THAT(answer.body, HasSubstr(line));
}

TEST_F(MetricsTest, a_store_that_does_not_answer_takes_nothing_else_with_it) {
    facts.broken = true;
    const std::string text = metrics_answer(api).body;
    EXPECT_EQ(lint(text), "");
    EXPECT_THAT(text, HasSubstr("plimsoll_stores_up 0\n"));
    EXPECT_THAT(text, HasSubstr("plimsoll_journal_rows 0\n"));
}

TEST(Lint, finds_what_is_wrong) {
    const std::string good = "# HELP plimsoll_a A.\n# TYPE plimsoll_a gauge\nplimsoll_a 1\n";
    EXPECT_EQ(lint(good), "");
    for (const char* bad : {"plimsoll_a 1", "# HELP plimsoll_a A.\n# TYPE plimsoll_a counter\n",
                            "# HELP plimsoll_a_total A.\n# TYPE plimsoll_a_total gauge\n",
                            "# HELP a A.\n# TYPE a gauge\na 1\n", "# TYPE plimsoll_a gauge\n",
                            "plimsoll_a{b=\"c\nd\"} 1\n", "\n"})
        EXPECT_NE(lint(bad), "") << bad;
    EXPECT_NE(lint(good + "plimsoll_a 2\n"), "");
    EXPECT_NE(lint(good + good), "");
}

}  // namespace
}  // namespace plimsoll::show
