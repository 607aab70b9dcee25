#include "traffic/evaluate.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

namespace plimsoll::bench {
namespace {

using record::Finding;
using record::FindingKind;

constexpr UnixNanos day = 86'400 * nanos_per_second;
const UnixNanos monday = *from_iso8601("2026-03-02");

/// Twelve weeks: half north, half south; from week 10 on the north fails more, after a prompt.
Known twelve_weeks() {
    const auto folder = std::filesystem::temp_directory_path() / "evaluate_test";
    std::filesystem::create_directories(folder);
    std::ofstream truth(folder / "truth.jsonl"), events(folder / "events.jsonl");
    for (int i = 0; i < 12 * 7 * 40; ++i) {
        const UnixNanos time = monday + i * day / 40;
        const bool north = i % 2 == 0, late = time >= monday + 63 * day;
        const bool good = north && late ? i % 8 != 0 : i % 20 != (i / 280) % 3;
        truth << R"({"time":")" << to_iso8601(time)
              << R"(","service":"help","attributes":{"region":")" << (north ? "north" : "south")
              << R"("},"labels":{"faithful":)" << (good ? "true" : "false")
              << R"(},"opinions":{"judge":)" << (good ? "true" : "false") << "}}\n";
    }
    events
        << R"({"id":"X1","kind":"slice","application":"help","service":"help","says":"p1 to p2",)"
        << R"("slice":{"region":"north"},"start":")" << to_iso8601(monday + 63 * day)
        << R"(","end":")" << to_iso8601(monday + 84 * day)
        << R"(","shape":"step","cause":{"element":"prompt","from":"p1","to":"p2"},)"
        << R"("must_alert":true})"
        << "\n";
    truth.close();
    events.close();
    return *read_known(folder.string());
}

Finding finding(const char* id, UnixNanos since, UnixNanos found) {
    Finding one;
    one.id = id;
    one.kind = FindingKind::slice_drift;
    one.service = "help";
    one.slice = {{"region", "north"}};
    one.since = one.since_earliest = one.since_latest = since;
    one.found = found;
    one.causes = {{"prompt", "p1", "p2", .9, -.05, -.08, -.02}};
    return one;
}

TEST(Evaluate, an_event_found_in_its_slice_with_its_cause_counts_so) {
    const Known known = twelve_weeks();
    const UnixNanos start = known.events.front().start;
    const std::vector<Finding> findings = {finding("a", start, start + 2 * day)};
    const Evaluation evaluation = evaluate(findings, known);
    const EventResult& result = evaluation.events.front();
    ASSERT_NE(result.first, nullptr);
    EXPECT_DOUBLE_EQ(result.delay_h, 48);
    EXPECT_TRUE(result.cause_alone);
    EXPECT_DOUBLE_EQ(result.jaccard, 1);
    EXPECT_TRUE(evaluation.false_alarms.empty());
}

TEST(Evaluate, all_of_the_service_is_a_slice_of_half_the_jaccard) {
    const Known known = twelve_weeks();
    Finding all = finding("a", known.events.front().start, known.events.front().start + day);
    all.slice.clear();
    all.causes.front().element = "model + prompt";
    const std::vector<Finding> findings = {all};
    const Evaluation evaluation = evaluate(findings, known);
    EXPECT_DOUBLE_EQ(evaluation.events.front().jaccard, .5);
    EXPECT_TRUE(evaluation.events.front().cause_named);
    EXPECT_FALSE(evaluation.events.front().cause_alone);
}

TEST(Evaluate, what_began_when_nothing_happened_is_a_false_alarm_and_its_followers_are_not_more) {
    const Known known = twelve_weeks();
    Finding led = finding("b", monday + 30 * day, monday + 31 * day);
    led.leader = "a";
    Finding better = finding("c", monday + 30 * day, monday + 31 * day);
    better.worse = false;
    const std::vector<Finding> findings = {finding("a", monday + 30 * day, monday + 31 * day), led,
                                           better};
    const Evaluation evaluation = evaluate(findings, known);
    EXPECT_EQ(evaluation.events.front().first, nullptr);
    ASSERT_EQ(evaluation.false_alarms.size(), 1u);
    EXPECT_EQ(evaluation.false_alarms.front()->id, "a");
    EXPECT_EQ(evaluation.improvements_outside, 1u);
}

TEST(Evaluate, the_rule_of_thumb_sees_a_large_change_at_the_end_of_its_week) {
    const Known known = twelve_weeks();
    const Evaluation evaluation = evaluate({}, known);
    EXPECT_EQ(evaluation.rule_series, 3u);  // All, north, south.
    EXPECT_TRUE(evaluation.events.front().rule_found);
    EXPECT_DOUBLE_EQ(evaluation.events.front().rule_delay_h, 7 * 24);
}

}  // namespace
}  // namespace plimsoll::bench
