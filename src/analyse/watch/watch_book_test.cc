#include "analyse/watch/watch_book.h"

#include <gmock/gmock.h>

#include "analyse/watch/calibration_findings.h"
#include "analyse/watch/made_hours.h"
#include "record/memory_findings.h"
#include "record/memory_run_records.h"
#include "record/memory_stores.h"

namespace plimsoll::analyse {
namespace {

using record::Finding;

constexpr UnixNanos hour_ns = 3600 * nanos_per_second;

Finding finding(const std::string& id, const std::string& service, UnixNanos found_hour) {
    Finding one;
    one.id = id;
    one.dimension = "tone";
    one.service = service;
    one.found = found_hour * hour_ns;
    return one;
}

TEST(KeepNames, a_finding_said_before_keeps_its_id_though_its_hour_moved) {
    std::vector<Finding> fresh{finding("new", "shop", 101), finding("other", "shop", 500)};
    fresh[1].related = {"new"};
    fresh[1].leader = "new";
    keep_names({finding("old", "shop", 100), finding("elsewhere", "desk", 101)}, fresh, hour_ns);
    EXPECT_EQ(fresh[0].id, "old");
    EXPECT_EQ(fresh[0].found, 100 * hour_ns);
    EXPECT_EQ(fresh[1].id, "other");
    EXPECT_THAT(fresh[1].related, testing::ElementsAre("old"));
    EXPECT_EQ(fresh[1].leader, "old");
}

TEST(KeepNames, a_finding_whose_evidence_is_gone_is_ended_and_says_so) {
    std::vector<Finding> fresh;
    Finding over = finding("over", "shop", 50);
    over.ended = 60 * hour_ns;
    keep_names({finding("gone", "shop", 100), over}, fresh, 200 * hour_ns);
    ASSERT_EQ(fresh.size(), 1u);
    EXPECT_EQ(fresh[0].id, "gone");
    EXPECT_EQ(fresh[0].ended, 200 * hour_ns);
    EXPECT_THAT(fresh[0].says, testing::HasSubstr("No longer"));
}

TEST(CalibrationFindings, lost_trust_is_a_finding_until_it_is_back) {
    record::TrustEvent opened, lost, back;
    opened.evaluator = lost.evaluator = back.evaluator = "judge";
    opened.after = lost.before = back.after = "open";
    lost.after = back.before = "provisional";
    lost.time = 5 * hour_ns;
    lost.since = 3 * hour_ns;
    lost.why = "19 of 200 sentinels changed their verdict";
    back.time = 9 * hour_ns;
    const record::TrustEvent steps[] = {opened, lost, back};
    const auto during = calibration_findings(steps, 6 * hour_ns);
    ASSERT_EQ(during.size(), 1u);
    EXPECT_EQ(during[0].since, 3 * hour_ns);
    EXPECT_EQ(during[0].ended, std::nullopt);
    EXPECT_FALSE(during[0].pages);
    EXPECT_THAT(during[0].says, testing::HasSubstr("19 of 200"));
    const auto after = calibration_findings(steps, 10 * hour_ns);
    EXPECT_EQ(after[0].ended, 9 * hour_ns);
    EXPECT_EQ(after[0].id, during[0].id);
}

/// Traffic of ten weeks; from the ninth on an hour in five more fails.
struct RecordedWatch : testing::Test {
    struct TimedFacts : record::MemoryFacts {
        Result<std::optional<std::pair<UnixNanos, UnixNanos>>> time_range() override {
            return std::optional(
                std::pair(MadeHours::begin * hour_ns, (MadeHours::begin + 10 * 168 - 1) * hour_ns));
        }
    } facts;
    struct SetClock : Clock {
        UnixNanos now() const override { return (MadeHours::begin + 10 * 168) * hour_ns; }
    } clock;
    record::MemoryFindings findings;
    record::MemoryRunRecords records;
    MadeHours hours;

    static MadeHours made(double after) {
        MadeHours hours;
        hours.add({{"all", [](std::int32_t) { return 8.; },
                    [after](std::int32_t hour) { return hour < 8 * 168 ? .05 : after; }}},
                  10 * 168, 3);
        return hours;
    }
    void look(MadeHours of) {
        hours = std::move(of);
        WatchBook book(facts, hours, findings, clock, {});
        book.keep_records(records);
        const auto report = book.look();
        ASSERT_TRUE(report.ok()) << report.error().what;
    }
};

TEST_F(RecordedWatch, each_look_is_a_link_and_findings_name_it) {
    look(made(.25));
    ASSERT_EQ(records.links_.size(), 1u);
    const record::RunRecord& link = records.links_[0];
    EXPECT_EQ(link.kind, "watch");
    EXPECT_EQ(link.from, MadeHours::begin * hour_ns);
    EXPECT_EQ(link.to, (MadeHours::begin + 10 * 168) * hour_ns);
    EXPECT_EQ(link.inputs.size(), 64u);
    const auto all = *findings.all();
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all[0].run, "1");
    EXPECT_THAT(link.result, testing::HasSubstr(all[0].id));
}

TEST_F(RecordedWatch, the_same_counts_have_the_same_digest_and_others_another) {
    look(made(.25));
    look(made(.25));
    look(made(.24));
    ASSERT_EQ(records.links_.size(), 3u);
    EXPECT_EQ(records.links_[0].inputs, records.links_[1].inputs);
    EXPECT_EQ(records.links_[0].result, records.links_[1].result);
    EXPECT_NE(records.links_[0].inputs, records.links_[2].inputs);
    EXPECT_EQ((*findings.all())[0].run, "3");
}

}  // namespace
}  // namespace plimsoll::analyse
