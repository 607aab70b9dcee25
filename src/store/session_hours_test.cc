#include <gmock/gmock.h>

#include <filesystem>

#include "store/duckdb_facts.h"

namespace plimsoll::store {
namespace {

using record::InteractionFact;
using record::SessionCount;

constexpr UnixNanos hour = 3600 * nanos_per_second;
constexpr UnixNanos day = 24 * hour;

struct SessionHoursTest : testing::Test {
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "hours-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory = name;
        open();
    }
    void TearDown() override {
        opened.facts.reset();
        std::filesystem::remove_all(directory);
    }
    void open() {
        opened = {};
        opened = std::move(*open_duckdb_facts({.data_dir = directory, .try_in_child = false}));
        ASSERT_EQ(opened.set_aside, "");
    }
    static TraceId trace(std::uint8_t number) {
        TraceId id;
        id.bytes[15] = number;
        return id;
    }
    static InteractionFact said(std::uint8_t number, std::string session, UnixNanos start,
                                std::optional<double> score, std::optional<double> inclusion = 1) {
        InteractionFact fact;
        fact.trace = trace(number);
        fact.start = start;
        fact.duration_ms = 100.0 * number;
        fact.service = "assistant";
        fact.session = std::move(session);
        fact.versions.model = "small-1";
        fact.attributes = {{"segment", number % 2 ? "smb" : "free"}, {"service.version", "7"}};
        record::ScoreFact judged{"tone", "judge", "v1", score, score ? "" : "pending"};
        judged.inclusion = inclusion;
        judged.stratum = "plain";
        fact.scores.push_back(judged);
        return fact;
    }
    void apply(std::vector<InteractionFact> facts) {
        ASSERT_TRUE(opened.facts->apply({std::move(facts), 1}).ok());
    }
    /// "dimension/attribute=value" → its counts.
    std::map<std::string, std::vector<SessionCount>> counts(
        const std::vector<std::string>& attributes = {"segment"}, std::int32_t before = 1 << 30) {
        const auto refreshed = opened.session_hours->refresh(attributes);
        EXPECT_TRUE(refreshed.ok()) << (refreshed ? "" : refreshed.error().what);
        std::map<std::string, std::vector<SessionCount>> found;
        std::map<std::uint32_t, std::string> names;
        std::vector<std::uint32_t> ids;
        const auto series = opened.session_hours->series(before);
        EXPECT_TRUE(series.ok());
        for (const auto& one : *series) {
            names[one.id] = one.dimension + "/" + one.attribute + "=" + one.value;
            ids.push_back(one.id);
        }
        EXPECT_TRUE(opened.session_hours
                        ->counts(ids, before,
                                 [&](std::uint32_t id, const std::vector<SessionCount>& of) {
                                     found[names[id]] = of;
                                 })
                        .ok());
        return found;
    }
    std::filesystem::path directory;
    OpenedFacts opened;
};

TEST_F(SessionHoursTest, a_session_is_one_value_a_day_in_the_hour_of_its_first_interaction) {
    apply({said(1, "a", hour + 1, 1.0), said(2, "a", 3 * hour, 0.0), said(3, "b", hour, 0.25),
           said(4, "a", day, 1.0), said(5, "c", hour, std::nullopt),
           said(6, "d", hour, 0.0, std::nullopt)});
    const auto found = counts();
    EXPECT_THAT(found.at("tone/="),
                testing::ElementsAre(SessionCount{1, 1000, 50, 1}, SessionCount{1, 1000, 75, 1},
                                     SessionCount{24, 1000, 0, 1}))
        << "unscored ones and those outside the sampler do not count";
    // Of a the first half is smb: its score was 1.
    EXPECT_THAT(found.at("tone/segment=smb"),
                testing::ElementsAre(SessionCount{1, 1000, 0, 1}, SessionCount{1, 1000, 75, 1}));
    EXPECT_FALSE(found.contains("tone/service.version=7"));
}

TEST_F(SessionHoursTest, what_was_drawn_seldom_weighs_more) {
    apply({said(1, "a", hour, 1.0, 0.2), said(2, "a", hour, 0.0, 1.0)});
    // (5 * 0 + 1 * 1) / 6 = .17; each weighs 3 on average.
    EXPECT_THAT(counts().at("tone/="), testing::ElementsAre(SessionCount{1, 3000, 17, 1}));
}

TEST_F(SessionHoursTest, of_latency_one_interaction_speaks_for_a_session) {
    apply({said(2, "a", hour, 1.0), said(1, "a", hour, 1.0)});
    // ceil(ln(100) / ln(1.01 / .99)) = ceil(230.2508) of trace 1, whose 100 ms it is.
    EXPECT_THAT(counts().at("latency_ms/="), testing::ElementsAre(SessionCount{1, 1000, 231, 1}));
}

TEST_F(SessionHoursTest, late_scores_and_revisions_are_counted_as_if_they_had_been_in_time) {
    apply({said(1, "a", hour, std::nullopt), said(2, "b", hour, 1.0), said(3, "c", day, 1.0)});
    EXPECT_EQ(counts().at("tone/=").size(), 2u);
    record::ScoreFact late{"tone", "judge", "v1", 0.5};
    late.inclusion = 0.5;
    late.stratum = "plain";
    record::FactsBatch judged;
    judged.judged.push_back({trace(1), {late}});
    InteractionFact moved = said(2, "b", day + hour, 0.0);
    moved.revision = 2;
    judged.interactions.push_back(moved);
    ASSERT_TRUE(opened.facts->apply(judged).ok());
    open();
    const auto found = counts();
    EXPECT_THAT(found.at("tone/="),
                testing::ElementsAre(SessionCount{1, 2000, 50, 1}, SessionCount{24, 1000, 0, 1},
                                     SessionCount{25, 1000, 100, 1}));
    EXPECT_EQ(counts(), found) << "nothing new, nothing changes";
}

TEST_F(SessionHoursTest, other_attributes_are_counted_from_the_beginning) {
    apply({said(1, "a", hour, 1.0), said(2, "b", hour, 0.0)});
    EXPECT_TRUE(counts({}).contains("tone/="));
    EXPECT_TRUE(counts({"model"}).contains("tone/model=small-1"));
    const auto found = counts({"segment"});
    EXPECT_TRUE(found.contains("tone/segment=free"));
    EXPECT_FALSE(found.contains("tone/model=small-1"));
    EXPECT_TRUE(counts({"segment"}, 1).empty()) << "nothing before hour 1";
}

TEST_F(SessionHoursTest, versions_and_the_worst_of_a_slice_are_told) {
    apply({said(1, "a", hour, 1.0), said(3, "b", hour, 0.0), said(5, "c", 2 * hour, 0.5),
           said(2, "d", hour, 0.0)});
    const auto versions = opened.session_hours->versions("assistant", {{"segment", "smb"}}, 0, day);
    ASSERT_TRUE(versions.ok()) << versions.error().what;
    std::string text;
    for (const auto& one : *versions)
        text += one.element + "=" + one.value + "@" + std::to_string(one.hour) + ":" +
                std::to_string(one.interactions) + " ";
    EXPECT_EQ(text,
              "model=small-1@1:2 model=small-1@2:1 service.version=7@1:2 service.version=7@2:1 ");
    record::SessionSeries of{.dimension = "tone",
                             .evaluator = "judge",
                             .version = "v1",
                             .service = "assistant",
                             .attribute = "segment",
                             .value = "smb"};
    EXPECT_THAT(*opened.session_hours->worst(of, 0, day, 2),
                testing::ElementsAre(trace(3), trace(5)));
    of = {.dimension = "latency_ms", .service = "assistant"};
    EXPECT_THAT(*opened.session_hours->worst(of, 0, day, 2),
                testing::ElementsAre(trace(5), trace(3)));
}

}  // namespace
}  // namespace plimsoll::store
