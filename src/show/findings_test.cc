#include <gmock/gmock.h>

#include "analyse/watch/made_hours.h"
#include "record/memory_findings.h"
#include "record/memory_stores.h"
#include "show/api.h"
#include "show/findings_text.h"

namespace plimsoll::show {
namespace {

constexpr std::int32_t week = 168;

struct At final : Clock {
    UnixNanos time = 0;
    UnixNanos now() const override { return time; }
};

/// Facts that know when traffic ended, and nothing else.
struct EndedFacts final : record::MemoryFacts {
    UnixNanos last = 0;
    Result<std::optional<std::pair<UnixNanos, UnixNanos>>> time_range() override {
        return std::optional(std::pair(UnixNanos{0}, last));
    }
};

struct FindingsRoutes : testing::Test {
    void SetUp() override {
        const auto fails = [](std::int32_t hour) { return hour < 9 * week ? .06 : .2; };
        hours.add({{"all", [](std::int32_t) { return 20.0; }, fails}}, 10 * week, 1);
        facts.last = (analyse::MadeHours::begin + 10 * week) * 3600 * nanos_per_second - 1;
        clock.time = facts.last + nanos_per_second * 86'400;
    }
    HttpAnswer get(const std::string& path, std::map<std::string, std::string> query = {}) {
        return api.answer({.method = "GET", .path = path, .query = std::move(query)});
    }
    analyse::MadeHours hours;
    EndedFacts facts;
    record::MemoryJournal journal;
    record::IntakeCounts counts;
    record::MemoryFindings findings;
    At clock;
    analyse::WatchBook book{facts, hours, findings, clock, {}};
    Api api{{},
            {.facts = facts,
             .journal = journal,
             .intake = counts,
             .clock = clock,
             .live = [] { return LiveStatus{}; },
             .watch = &book}};
};

TEST_F(FindingsRoutes, a_change_is_listed_and_read_alone) {
    const HttpAnswer answer = get("/api/v1/findings");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto document = json::Document::parse(answer.body);
    const json::Value list = *document->root().find("findings");
    ASSERT_GE(list.size(), 1u);
    const json::Value first = *list.elements().begin();
    EXPECT_EQ(first.find("dimension")->as_string(), "quality");
    EXPECT_EQ(document->root().find("until")->as_string(), "2026-03-16T00:00:00.000Z");
    const std::string id(first.find("id")->as_string());
    const HttpAnswer one = get("/api/v1/findings/" + id);
    ASSERT_EQ(one.status, 200);
    EXPECT_THAT(one.body, testing::HasSubstr(id));
    EXPECT_EQ(get("/api/v1/findings/none").status, 404);
    EXPECT_THAT(findings_text(document->root()), testing::HasSubstr("pages   quality (check)"));
    const auto none = json::Document::parse(get("/api/v1/findings", {{"service", "x"}}).body);
    EXPECT_EQ(none->root().find("findings")->size(), 0u);
    EXPECT_THAT(findings_text(none->root()), testing::HasSubstr("Nothing changed."));
}

TEST_F(FindingsRoutes, every_member_of_a_finding_is_documented_in_its_order) {
    const auto openapi = json::Document::parse(get("/api/v1/openapi.json").body);
    json::Value at = openapi->root();
    for (const char* key : {"paths", "/api/v1/findings/{id}", "get", "responses", "200", "content",
                            "application/json", "schema", "properties"}) {
        const auto next = at.find(key);
        ASSERT_TRUE(next) << key;
        at = *next;
    }
    std::vector<std::string> documented, written;
    for (const auto& member : at.members()) documented.emplace_back(member.key);
    json::Writer w;
    w.begin_object();
    record::write_finding(w, {});
    const auto finding = json::Document::parse(w.end_object().text());
    for (const auto& member : finding->root().members()) written.emplace_back(member.key);
    EXPECT_EQ(documented, written);
}

TEST_F(FindingsRoutes, a_series_is_drawn_with_what_was_expected_and_its_findings) {
    hours.put_version(0, 9 * week, "prompt", "a");
    hours.put_version(9 * week, 10 * week, "prompt", "b");
    EXPECT_EQ(get("/api/v1/series").status, 400);
    EXPECT_EQ(get("/api/v1/series", {{"dimension", "quality"}, {"step_hours", "0"}}).status, 400);
    const HttpAnswer answer = get("/api/v1/series", {{"dimension", "quality"}});
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto document = json::Document::parse(answer.body);
    ASSERT_EQ(document->root().find("series")->size(), 1u);
    const json::Value series = *document->root().find("series")->elements().begin();
    EXPECT_EQ(series.find("findings")->size(), 1u);
    const json::Value points = *series.find("points");
    ASSERT_EQ(points.size(), 70u);
    std::vector<json::Value> days;
    for (const json::Value day : points.elements()) days.push_back(day);
    EXPECT_NEAR(*days[10].find("value")->as_number(), .94, .03);
    EXPECT_NEAR(*days[68].find("value")->as_number(), .8, .06);
    EXPECT_LT(*days[68].find("high")->as_number(), *days[68].find("expected_low")->as_number());
    std::vector<json::Value> weeks;
    for (const json::Value one : series.find("weeks")->elements()) weeks.push_back(one);
    ASSERT_EQ(weeks.size(), 10u);
    EXPECT_TRUE(weeks[7].find("p")->is_null()) << "of the reference";
    EXPECT_GT(*weeks[8].find("p")->as_number(), .01);
    EXPECT_LT(*weeks[9].find("p")->as_number(), .001);
    EXPECT_LT(*weeks[9].find("two_sigma")->as_number(), -2);
    const json::Value event = *series.find("events")->elements().begin();
    EXPECT_EQ(event.find("time")->as_string(), "2026-03-09T00:00:00.000Z");
    const auto slice = json::Document::parse(get("/api/v1/series", {{"dimension", "quality"},
                                                                    {"attr.segment", "all"},
                                                                    {"step_hours", "168"},
                                                                    {"from", "2026-01-12"}})
                                                 .body);
    const json::Value weekly = *slice->root().find("series")->elements().begin();
    EXPECT_EQ(weekly.find("value")->as_string(), "all");
    EXPECT_GE(weekly.find("points")->size(), 9u);
}

TEST_F(FindingsRoutes, without_a_watch_it_is_said) {
    Api bare{{}, {.facts = facts, .journal = journal, .intake = counts, .clock = clock, .live = [] {
                      return LiveStatus{};
                  }}};
    EXPECT_EQ(bare.answer({.method = "GET", .path = "/api/v1/findings"}).status, 503);
}

}  // namespace
}  // namespace plimsoll::show
