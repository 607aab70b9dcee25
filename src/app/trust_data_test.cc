// Labels and recorded verdicts of public data, through the stores and the trust book: the figures
// must be those of `plimsoll agreement` on the same rows (which agreement_data_test.cc compares
// with a second program), and the gate must stand where docs/statistics/1-agreement.md says.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "analyse/calibration/trust_book.h"
#include "app/statistics/agreement_rows.h"
#include "base/json.h"
#include "store/duckdb_facts.h"
#include "store/sqlite_labels.h"
#include "store/sqlite_state.h"
#include "store/sqlite_trust_log.h"

namespace plimsoll::app {
namespace {

using analyse::EvaluatorReport;
using analyse::Trust;

const std::filesystem::path data = std::filesystem::path(PLIMSOLL_ROOT) / "../shared/data";
constexpr UnixNanos monday = 1'767'571'200 * nanos_per_second;  // 2026-01-05T00:00:00Z

struct FixedClock : Clock {
    UnixNanos now() const override { return monday + 86'400 * nanos_per_second; }
};

class TrustData : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(data))
            GTEST_SKIP() << "no " << data << ": trust on public data is not tested";
        std::string name = (std::filesystem::temp_directory_path() / "trust-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
    }
    void TearDown() override { std::filesystem::remove_all(directory_); }

    static Rows rows_of(const std::string& file) {
        auto rows = read_rows(data / file);
        EXPECT_TRUE(rows.ok()) << rows.error().what;
        return std::move(*rows);
    }

    /// One item: what people said, by annotator, and what each judge said. Scores in [0, 1].
    void item(const std::map<std::string, std::optional<double>>& people,
              const std::map<std::string, std::optional<double>>& judges,
              const std::map<std::string, std::string>& attributes = {}) {
        record::InteractionFact fact;
        const auto number = batch_.interactions.size() + 1;
        fact.trace.bytes[14] = static_cast<std::uint8_t>(number >> 8);
        fact.trace.bytes[15] = static_cast<std::uint8_t>(number);
        fact.start = monday;
        fact.attributes = attributes;
        for (const auto& [judge, score] : judges)
            fact.scores.push_back(
                {"quality", judge, judge + "@1", score, score ? "" : "malformed_reply", "", 1.0});
        for (const auto& [annotator, score] : people) {
            record::Label label;
            label.interaction = fact.trace;
            label.dimension = "quality";
            label.annotator = annotator;
            label.score = score;
            label.time = monday;
            labels_.push_back(label);
        }
        batch_.interactions.push_back(std::move(fact));
    }

    /// Everything that was added, through DuckDB and SQLite.
    std::map<std::string, EvaluatorReport> trust(std::vector<std::string> slices = {}) {
        std::map<std::string, EvaluatorReport> found;
        auto facts = store::open_duckdb_facts({.data_dir = directory_, .try_in_child = false});
        EXPECT_TRUE(facts.ok());
        batch_.applied_seq = 1;
        EXPECT_TRUE(facts->facts->apply(batch_).ok());
        EXPECT_TRUE(store::open_sqlite_state({.data_dir = directory_}).ok());
        const auto labels = store::open_sqlite_labels(directory_ / "state.db");
        EXPECT_TRUE((*labels)->put(labels_).ok());
        const auto log = store::open_sqlite_trust_log(directory_ / "state.db");
        const FixedClock clock;
        analyse::TrustBook book(*facts->facts, **labels, **log, clock, {}, std::move(slices));
        const auto page = book.read();
        EXPECT_TRUE(page.ok()) << page.error().what;
        for (const EvaluatorReport& one : (*page)->evaluators) found[one.name.evaluator] = one;
        // What was found is on the record, once.
        EXPECT_EQ((*log)->events()->size(), found.size());
        book.changed();
        EXPECT_TRUE(book.read().ok());
        EXPECT_EQ((*log)->events()->size(), found.size());
        return found;
    }

    /// Scores are kept as 32 bit floats: 7 digits.
    static void expect_same(const EvaluatorReport& report, const analyse::Agreement& found) {
        const analyse::Agreement& mine = report.trust.agreement;
        EXPECT_EQ(mine.scale, found.scale);
        EXPECT_EQ(mine.compared, found.compared);
        EXPECT_EQ(mine.split, found.split);
        EXPECT_EQ(mine.without_judge, found.without_judge);
        ASSERT_EQ(mine.judge.size(), found.judge.size());
        for (std::size_t i = 0; i < mine.judge.size(); ++i) {
            EXPECT_EQ(mine.judge[i].name, found.judge[i].name);
            EXPECT_NEAR(*mine.judge[i].value, *found.judge[i].value, 1e-6);
            EXPECT_NEAR(mine.judge[i].interval->low, found.judge[i].interval->low, 1e-6);
            EXPECT_NEAR(mine.judge[i].interval->high, found.judge[i].interval->high, 1e-6);
        }
        ASSERT_EQ(mine.people.size(), found.people.size());
        for (std::size_t i = 0; i < mine.people.size(); ++i)
            EXPECT_NEAR(*mine.people[i].value, *found.people[i].value, 1e-6);
        EXPECT_EQ(mine.blocked, found.blocked);
        EXPECT_EQ(report.trust.trust, found.gate.trust);
        EXPECT_NEAR(report.trust.probability.value_or(-1), found.gate.probability.value_or(-1),
                    1e-6);
    }

    std::filesystem::path directory_;
    record::FactsBatch batch_;
    std::vector<record::Label> labels_;
};

analyse::Agreement agreement(const std::string& csv, AgreementAsk ask = {}) {
    const auto slices = agreement_of(*Rows::parse(csv, "rows.csv"), ask);
    EXPECT_TRUE(slices.ok()) << slices.error().what;
    return slices->front().agreement;
}

TEST_F(TrustData, judges_that_choose_one_of_two_open_and_close_the_gate) {
    const Rows items = rows_of("llmbar/items.jsonl"), verdicts = rows_of("llmbar/verdicts.jsonl");
    std::map<std::pair<std::string, std::string>, std::map<std::string, std::string>> said;
    const auto of = *verdicts.texts("subset"), number = *verdicts.texts("idx"),
               model = *verdicts.texts("judge_model"), prompt = *verdicts.texts("judge_prompt"),
               winner = *verdicts.texts("winner");
    for (std::size_t row = 0; row < verdicts.size(); ++row)
        if (prompt[row] == "Vanilla") said[{of[row], number[row]}][model[row]] = winner[row];
    const auto subset = *items.texts("subset"), idx = *items.texts("idx"),
               best = *items.texts("label");
    std::map<std::string, std::string> csv;
    const auto score = [](const std::string& word) -> std::optional<double> {
        if (word.empty()) return std::nullopt;
        return word == "2" ? 1 : 0;  // `plimsoll agreement`: the lower of two numbers fails.
    };
    for (std::size_t row = 0; row < items.size(); ++row) {
        std::map<std::string, std::optional<double>> judges;
        for (const auto& [name, word] : said[{subset[row], idx[row]}]) {
            judges[name] = score(word);
            csv[name] += fmt::format("{},{}\n", word, best[row]);
        }
        item({{"authors", score(best[row])}}, judges, {{"subset", subset[row]}});
    }
    const auto reports = trust({"subset"});
    EXPECT_EQ(reports.size(), csv.size());
    for (const auto& [name, rows] : csv) {
        SCOPED_TRACE(name);
        expect_same(reports.at(name), agreement("judge,human\n" + rows));
    }
    // docs/statistics/1-agreement.md: open at P >= .80, closed at P <= .20.
    EXPECT_EQ(reports.at("GPT-4").trust.trust, Trust::open);
    EXPECT_NEAR(*reports.at("GPT-4").trust.agreement.judge[0].value, 0.6814828916, 1e-9);
    EXPECT_EQ(reports.at("ChatGPT").trust.trust, Trust::closed);
    EXPECT_EQ(reports.at("GPT-4").trust.slices.size(), 5u);
}

TEST_F(TrustData, a_judge_of_refusals_is_good_overall_and_useless_on_discrimination) {
    std::ifstream file(data / "xstest/completions_mistralguard.csv", std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    text.insert(text.find('\n'), "_2");  // Two columns are called strmatch_label.
    if (text[text.find('\n') - 3] == '\r') text.replace(text.find('\n') - 3, 3, "_2\r");
    const Rows rows = std::move(*Rows::parse(text, "xstest.csv"));
    EXPECT_EQ(rows.size(), 225u);
    const auto word = [](const std::string& text) {
        return text == "1_full_compliance" ? "pass" : "fail";
    };
    const auto type = *rows.texts("type"), one = *rows.texts("annotation_1"),
               two = *rows.texts("annotation_2"), last = *rows.texts("final_label"),
               gpt4 = *rows.texts("gpt4_label");
    std::string csv = "judge,human_1,human_2,human_3\n";
    const auto score = [&](const std::string& text) { return word(text)[0] == 'p' ? 1.0 : 0.0; };
    for (std::size_t row = 0; row < rows.size(); ++row) {
        // Where two people differ a third decided.
        const bool split = score(one[row]) != score(two[row]);
        std::map<std::string, std::optional<double>> people{{"1", score(one[row])},
                                                            {"2", score(two[row])}};
        if (split) people["3"] = score(last[row]);
        item(people, {{"gpt-4", score(gpt4[row])}},
             {{"discrimination", type[row].find("discr") != std::string::npos ? "yes" : "no"}});
        csv += fmt::format("{},{},{},{}\n", word(gpt4[row]), word(one[row]), word(two[row]),
                           split ? word(last[row]) : "");
    }
    const auto report = trust({"discrimination"}).at("gpt-4");
    expect_same(report, agreement(csv));
    EXPECT_EQ(report.trust.trust, Trust::open);
    ASSERT_EQ(report.trust.slices.size(), 2u);
    for (const auto& slice : report.trust.slices) {
        EXPECT_EQ(slice.useless, slice.value == "yes");
        EXPECT_EQ(slice.labels, slice.value == "yes" ? 40u : 185u);
    }
    EXPECT_EQ(report.trust.confusion.fp, 1);
    EXPECT_EQ(report.trust.confusion.fn, 39);
    EXPECT_EQ(report.trust.misses.size(), 40u);
}

TEST_F(TrustData, three_people_who_differ_on_the_rubric_keep_every_gate_closed) {
    const Rows rows = rows_of("mtrag_human/evaluations.jsonl");
    const auto votes = *rows.texts("annotations.faithfulness");
    const char* const judges[] = {"rl_f", "rb_llm", "rb_agg"};
    std::map<std::string, std::string> csv;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        std::map<std::string, std::optional<double>> people, said;
        std::string humans;
        std::size_t given = 0;
        const auto document = json::Document::parse(votes[row]);
        for (const auto& [who, vote] : document->root().members()) {
            const std::string value(vote.find("value")->as_string());
            people[std::string(who)] = std::stod(value) / 4;
            humans += "," + value;
            ++given;
        }
        for (; given < 3; ++given) humans += ",";
        for (const char* judge : judges) {
            const auto value =
                (*rows.texts(fmt::format("annotations.{}.composite.value", judge)))[row];
            // Some differ in their last bit only; the facts keep 32 bits, so those are ties here.
            const double kept = std::stof(value);
            said[judge] = kept;
            csv[judge] += fmt::format("{}{}\n", kept, humans);
        }
        item(people, said);
    }
    const auto reports = trust();
    for (const char* judge : judges) {
        SCOPED_TRACE(judge);
        expect_same(reports.at(judge), agreement("judge,human_1,human_2,human_3\n" + csv[judge]));
        EXPECT_EQ(reports.at(judge).trust.trust, Trust::closed);
        EXPECT_TRUE(reports.at(judge).trust.agreement.blocked);
    }
}

TEST_F(TrustData, graded_judges_are_trusted_by_their_ranks) {
    const Rows rows = rows_of("unieval_meta/topical_chat.jsonl");
    EXPECT_EQ(rows.size(), 138u);
    const auto people = *rows.all_numbers("scores.groundedness");
    std::map<std::string, std::string> csv;
    std::vector<std::map<std::string, std::optional<double>>> said(rows.size());
    for (const char* judge : {"groundedness", "understandability", "naturalness"}) {
        const auto scores = *rows.all_numbers(fmt::format("predict_scores.{}", judge));
        for (std::size_t row = 0; row < rows.size(); ++row) {
            said[row][judge] = scores[row];
            csv[judge] += fmt::format("{},{}\n", scores[row], people[row]);
        }
    }
    for (std::size_t row = 0; row < rows.size(); ++row) item({{"mean", people[row]}}, said[row]);
    const auto reports = trust();
    for (const auto& [judge, text] : csv) {
        SCOPED_TRACE(judge);
        expect_same(reports.at(judge), agreement("judge,human\n" + text));
    }
    // The published correlation of UniEval on groundedness is 0.751 (Spearman), its threshold 0.70.
    const auto& good = reports.at("groundedness").trust;
    EXPECT_NEAR(*good.agreement.judge[0].value, 0.7509760234, 1e-6);
    EXPECT_EQ(good.agreement.rules.threshold, analyse::rank_threshold);
}

TEST_F(TrustData, a_judge_beside_itself_is_a_pair_of_people) {
    const Rows rows = rows_of("judge_repeat/mt_bench_eval.jsonl");
    const auto scores = *rows.texts("gpt4_score");
    std::string csv = "judge,human_1,human_2\n";
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto document = json::Document::parse(scores[row]);
        std::vector<double> three;
        for (const json::Value one : document->root().elements()) three.push_back(*one.as_number());
        item({{"second", (three[1] - 1) / 4}, {"third", (three[2] - 1) / 4}},
             {{"first", (three[0] - 1) / 4}});
        csv += fmt::format("{},{},{}\n", three[0], three[1], three[2]);
    }
    const auto report = trust().at("first");
    expect_same(report, agreement(csv, {.scale = analyse::Scale::graded}));
    EXPECT_EQ(report.trust.agreement.compared, 320u);
}

}  // namespace
}  // namespace plimsoll::app
