#include "analyse/watch/watch.h"

#include <gmock/gmock.h>

#include <cmath>

#include "analyse/watch/finding_text.h"
#include "analyse/watch/made_hours.h"

namespace plimsoll::analyse {
namespace {

using record::Finding;
using record::FindingKind;

constexpr std::int32_t day = 24, week = 168;
constexpr UnixNanos hour_ns = 3600 * nanos_per_second;

auto always(double x) {
    return [x](std::int32_t) { return x; };
}
/// `before`, from `hour` on `after`, from `back` on `before` again.
auto step(double before, double after, std::int32_t hour, std::int32_t back = 1 << 30) {
    return [=](std::int32_t at) { return at >= hour && at < back ? after : before; };
}

WatchReport watched(MadeHours& hours, std::int32_t end, WatchOptions options = {}) {
    options.attributes = {"segment"};
    auto report = watch(hours, options, (MadeHours::begin + end) * hour_ns);
    EXPECT_TRUE(report.ok());
    return std::move(*report);
}

double hours_since_begin(UnixNanos time) {
    return static_cast<double>(time) / hour_ns - MadeHours::begin;
}

std::string text(const std::vector<Finding>& findings) {
    json::Writer w;
    w.begin_array();
    for (const Finding& one : findings) {
        w.begin_object();
        record::write_finding(w, one);
        w.end_object();
    }
    return w.end_array().take();
}

/// The story of the article: .94 to .89 in enterprise after a prompt change, rolled back later.
constexpr std::int32_t changed = 8 * week + day + 10, rolled_back = changed + 10 * day;

MadeHours incident() {
    MadeHours hours;
    hours.add({{"enterprise", always(14), step(.06, .11, changed, rolled_back)},
               {"smb", always(9), always(.06)},
               {"free", always(6), always(.06)}},
              12 * week, 1);
    hours.put_version(0, changed, "prompt", "p7.2");
    hours.put_version(changed, rolled_back, "prompt", "p7.3");
    hours.put_version(rolled_back, 12 * week, "prompt", "p7.2");
    return hours;
}

TEST(Watch, the_slice_that_fell_leads_and_the_prompt_is_named) {
    MadeHours hours = incident();
    const WatchReport report = watched(hours, changed + 8 * day);
    ASSERT_FALSE(report.findings.empty());
    const auto leads = std::ranges::find_if(report.findings,
                                            [](const Finding& one) { return one.leader.empty(); });
    ASSERT_NE(leads, report.findings.end());
    EXPECT_EQ(leads->kind, FindingKind::slice_drift);
    EXPECT_THAT(leads->slice, testing::ElementsAre(testing::Pair("segment", "enterprise")));
    EXPECT_TRUE(leads->worse && leads->pages && !leads->ended);
    EXPECT_EQ(leads->answer, "explained") << leads->says;
    ASSERT_FALSE(leads->causes.empty());
    EXPECT_EQ(leads->causes[0].element, "prompt");
    EXPECT_EQ(leads->causes[0].from, "p7.2");
    EXPECT_EQ(leads->causes[0].to, "p7.3");
    EXPECT_GE(leads->causes[0].probability, .9);
    EXPECT_NEAR(hours_since_begin(leads->since), changed, 1);
    EXPECT_NEAR(leads->before, .94, .005);
    EXPECT_NEAR(leads->after, .89, .02);
    EXPECT_LT(leads->change_high, 0);
    EXPECT_GT(leads->change_high, -.05);
    EXPECT_LT(leads->change_low, -.05);
    // Found by 14 sessions an hour: the simulation of docs/statistics/4-drift.md needs 1010.
    EXPECT_LT(hours_since_begin(leads->found), changed + 6 * day);
    EXPECT_THAT(leads->says, testing::HasSubstr("prompt p7.2 → p7.3"));
    for (const Finding& one : report.findings)
        if (one.id != leads->id) {
            EXPECT_EQ(one.leader, leads->id) << one.says;
        }
}

TEST(Watch, a_recovery_ends_the_finding_which_keeps_its_id) {
    MadeHours hours = incident();
    const auto find = [](const WatchReport& report) {
        const auto found = std::ranges::find_if(
            report.findings, [](const Finding& one) { return !one.slice.empty(); });
        return found == report.findings.end() ? Finding() : *found;
    };
    const Finding during = find(watched(hours, rolled_back));
    const Finding later = find(watched(hours, 12 * week));
    EXPECT_EQ(during.ended, std::nullopt);
    ASSERT_TRUE(later.ended.has_value()) << later.says;
    EXPECT_NEAR(hours_since_begin(*later.ended), rolled_back, 3 * day);
    EXPECT_EQ(later.id, during.id);
    EXPECT_EQ(later.found, during.found);
}

TEST(Watch, the_same_facts_give_the_same_findings_bit_for_bit) {
    MadeHours one = incident(), other = incident();
    EXPECT_EQ(text(watched(one, 10 * week).findings), text(watched(other, 10 * week).findings));
}

TEST(Watch, other_traffic_is_a_mix_shift_and_pages_nobody) {
    MadeHours hours;
    hours.add({{"free", step(10, 40, 9 * week), always(.12)},
               {"smb", step(40, 20, 9 * week), always(.03)}},
              12 * week, 2);
    const WatchReport report = watched(hours, 12 * week);
    ASSERT_EQ(report.findings.size(), 1u) << text(report.findings);
    const Finding& found = report.findings[0];
    EXPECT_EQ(found.kind, FindingKind::mix_shift);
    EXPECT_FALSE(found.pages);
    EXPECT_EQ(found.causes.at(0).element, "mix");
    // .12 * 10/50 + .03 * 40/50 = .048 failed, .12 * 40/60 + .03 * 20/60 = .09 do.
    EXPECT_NEAR(found.change, -.042, .006);
}

TEST(Watch, quiet_traffic_with_a_daily_and_weekly_season_says_nothing) {
    MadeHours hours;
    for (int service = 0; service < 8; ++service) {
        const auto busy = [](std::int32_t hour) {
            return (6 + 5 * std::sin(2 * M_PI * hour / day)) * (hour / day % 7 >= 5 ? .55 : 1);
        };
        hours.add({{"enterprise", busy, always(.06)},
                   {"smb", busy, always(.03)},
                   {"free", busy, always(.1)}},
                  16 * week, 100 + service, "service " + std::to_string(service));
    }
    const WatchReport report = watched(hours, 16 * week);
    EXPECT_EQ(report.sharing, 32);
    EXPECT_TRUE(report.findings.empty()) << text(report.findings);
}

TEST(Watch, an_improvement_is_told_and_pages_nobody) {
    MadeHours hours;
    hours.add({{"all", always(30), step(.2, .1, 9 * week)}}, 10 * week, 3);
    const WatchReport report = watched(hours, 10 * week);
    ASSERT_FALSE(report.findings.empty());
    for (const Finding& one : report.findings) {
        EXPECT_FALSE(one.worse || one.pages) << one.says;
        EXPECT_EQ(one.answer, "unexplained");
        EXPECT_THAT(one.says, testing::HasSubstr("nothing that is known changed"));
    }
}

TEST(Watch, two_elements_that_changed_in_one_hour_are_to_be_replayed) {
    MadeHours hours;
    hours.add({{"all", always(30), step(.06, .16, 9 * week)}}, 10 * week, 4);
    for (const char* element : {"prompt", "model"}) {
        hours.put_version(0, 9 * week, element, "old");
        hours.put_version(9 * week, 10 * week, element, "new");
    }
    const WatchReport report = watched(hours, 10 * week);
    ASSERT_FALSE(report.findings.empty());
    EXPECT_EQ(report.findings[0].answer, "not_identifiable");
    EXPECT_THAT(report.findings[0].replay, testing::UnorderedElementsAre("model", "prompt"));
    EXPECT_THAT(report.findings[0].says, testing::HasSubstr("replay"));
}

TEST(Watch, a_small_slice_says_when_it_can_be_watched) {
    MadeHours hours;
    const auto seldom = [](std::int32_t hour) { return hour % 2 ? .5 : 0; };
    hours.add({{"large", always(20), always(.06)}, {"small", seldom, always(.06)}}, 3 * week, 5);
    const WatchReport report = watched(hours, 3 * week);
    const auto of = [&](const std::string& value) {
        return *std::ranges::find_if(
            report.series, [&](const WatchedSeries& one) { return one.of.value == value; });
    };
    EXPECT_TRUE(of("large").watch.baseline.has_value());
    const WatchedSeries small = of("small");
    EXPECT_FALSE(small.watch.baseline.has_value());
    ASSERT_TRUE(small.watch.ready.has_value());
    // 6 sessions a day: 200 take five weeks.
    EXPECT_NEAR((*small.watch.ready - MadeHours::begin) / static_cast<double>(week), 5, 1);
}

TEST(Watch, an_accepted_change_is_the_new_reference) {
    MadeHours hours;
    hours.add({{"all", always(30), step(.06, .16, 9 * week)}}, 14 * week, 6);
    EXPECT_FALSE(watched(hours, 14 * week).findings.empty());
    WatchOptions options;
    options.accepted = {{"quality", "", (MadeHours::begin + 10 * week) * hour_ns}};
    EXPECT_TRUE(watched(hours, 14 * week, options).findings.empty());
}

TEST(Watch, a_shape_that_changed_under_the_same_mean_is_told_and_pages_nobody) {
    MadeHours hours;
    std::vector<record::SessionCount> counts;
    for (std::int32_t hour = MadeHours::begin; hour < MadeHours::begin + 10 * week; ++hour) {
        // .1 lost by everybody; from week 9 on .05 by one half and .15 by the other.
        const bool late = hour >= MadeHours::begin + 9 * week;
        counts.push_back({hour, 1000, static_cast<std::int16_t>(late ? 5 : 9), 10});
        counts.push_back({hour, 1000, static_cast<std::int16_t>(late ? 15 : 11), 10});
    }
    record::SessionSeries shop;
    shop.service = "shop";
    hours.put_series(shop, counts);
    const WatchReport report = watched(hours, 10 * week);
    ASSERT_EQ(report.findings.size(), 1u) << text(report.findings);
    EXPECT_EQ(report.findings[0].kind, FindingKind::distribution_drift);
    EXPECT_FALSE(report.findings[0].pages);
    EXPECT_NEAR(report.findings[0].change, .04, 1e-9);  // Each half moved by .04.
    EXPECT_EQ(hours_since_begin(report.findings[0].since), 9 * week);
}

TEST(Watch, fewer_spans_are_a_gap_and_more_are_none) {
    const auto spans = [](double less) {
        MadeHours hours;
        std::vector<record::SessionCount> counts;
        CounterRandom random(9);
        for (std::int32_t hour = MadeHours::begin; hour < MadeHours::begin + 10 * week; ++hour) {
            std::map<std::int16_t, std::uint32_t> bins;
            for (int i = 0; i < 20; ++i) {
                // About 8 to 12 spans: bins ln(8) / ln(1.02) = 104 to 125.
                const double lost = hour >= MadeHours::begin + 9 * week ? less : 0;
                ++bins[static_cast<std::int16_t>(104 + 20 * random.uniform() - lost)];
            }
            for (const auto& [bin, n] : bins) counts.push_back({hour, 1000, bin, n});
        }
        record::SessionSeries series;
        series.dimension = "spans";
        series.service = "shop";
        hours.put_series(series, counts);
        return watched(hours, 10 * week).findings;
    };
    const auto lost = spans(11), gained = spans(-11);
    ASSERT_EQ(lost.size(), 1u);
    EXPECT_EQ(lost[0].kind, FindingKind::coverage_gap);
    EXPECT_TRUE(lost[0].worse && lost[0].pages) << lost[0].says;
    EXPECT_LT(lost[0].change, 0);
    ASSERT_EQ(gained.size(), 1u);
    EXPECT_FALSE(gained[0].worse) << gained[0].says;
}

TEST(Watch, a_tail_that_grows_is_a_latency_drift_of_its_own) {
    MadeHours hours;
    std::vector<record::SessionCount> counts;
    CounterRandom random(7);
    for (std::int32_t hour = MadeHours::begin; hour < MadeHours::begin + 10 * week; ++hour) {
        std::map<std::int16_t, std::uint32_t> bins;
        for (int i = 0; i < 40; ++i) {
            // p50 at bin 350 (1.1 s), tails up to 500; from week 9 on 3% wait ten times as
            // long.
            const double u = random.uniform();
            auto bin = static_cast<std::int16_t>(350 + 30 * std::log(u / (1 - u)) / 2);
            if (hour >= MadeHours::begin + 9 * week && random.uniform() < .03) bin += 115;
            ++bins[bin];
        }
        for (const auto& [bin, n] : bins) counts.push_back({hour, 1000, bin, n});
    }
    record::SessionSeries latency;
    latency.dimension = "latency_ms";
    latency.service = "shop";
    hours.put_series(latency, counts);
    const WatchReport report = watched(hours, 10 * week);
    ASSERT_FALSE(report.findings.empty());
    const auto p99 = std::ranges::find(report.findings, "p99 ms", &Finding::measure);
    ASSERT_NE(p99, report.findings.end());
    EXPECT_EQ(p99->kind, FindingKind::latency_drift);
    EXPECT_EQ(p99->dimension, "latency");
    EXPECT_TRUE(p99->worse);
    EXPECT_GT(p99->after_low, p99->before_high) << p99->says;
    EXPECT_NEAR(hours_since_begin(p99->since), 9 * week, 2 * day);
}

}  // namespace
}  // namespace plimsoll::analyse
