#include "analyse/attribution/series_changes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analyse/attribution/change_point.h"
#include "analyse/attribution/day_buckets.h"
#include "analyse/stats/distributions.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

constexpr double day = 86'400;

/// Days of n sessions; their true means differ by `tau`.
std::vector<SeriesBucket> made(std::uint64_t seed, int count, double tau, double n,
                               double (*mean_of)(int)) {
    CounterRandom dice(seed);
    std::vector<SeriesBucket> buckets;
    for (int i = 0; i < count; ++i) {
        const double mean = mean_of(i), variance = mean * (1 - mean) / n;
        const double z = normal_quantile(dice.uniform() + 0x1p-54);
        buckets.push_back({i * day, mean + std::sqrt(variance + tau * tau) * z, variance});
    }
    return buckets;
}

TEST(SeriesChanges, finds_a_drop_with_its_day_its_size_and_its_event) {
    const auto buckets = made(1, 28, .005, 900, [](int i) { return i < 20 ? .94 : .89; });
    const SeriesEvent events[] = {{6 * day, 6 * day, "prompt v7"}, {20 * day, 20 * day, "model 2"}};
    const auto found = series_changes(buckets, events);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->changes.size(), 1u);
    const SeriesChange& change = found->changes.front();
    EXPECT_GT(change.probability, .999);
    EXPECT_EQ(change.time_s, 20 * day);
    EXPECT_TRUE(change.effect.interval.contains(-.05));
    EXPECT_LT(change.effect.interval.width(), .03);
    EXPECT_EQ(change.named(), std::vector<std::string>{"model 2"});
}

TEST(SeriesChanges, a_drop_and_its_mend_are_two) {
    const auto buckets =
        made(2, 30, .003, 900, [](int i) { return i >= 12 && i < 18 ? .88 : .94; });
    const auto found = series_changes(buckets);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->changes.size(), 2u);
    EXPECT_EQ(found->changes[0].time_s, 12 * day);
    EXPECT_EQ(found->changes[1].time_s, 18 * day);
    EXPECT_NEAR(found->changes[1].effect.value, .06, .01);
}

/// If what was told with 0.9 were false in more than a tenth of quiet series, it would be no
/// probability. Days that differ by luck are where plain counts fail.
TEST(SeriesChanges, the_luck_of_days_is_no_change) {
    int told = 0;
    double false_by_counts = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        auto buckets = made(100 + seed, 60, .01, 3600, [](int) { return .94; });
        told += !series_changes(buckets)->changes.empty();
        std::vector<PassBucket> counts;
        for (const SeriesBucket& one : buckets) counts.push_back({3600 * one.mean, 3600});
        false_by_counts += change_point(counts, {}).none < .1;
    }
    EXPECT_LE(told, 10);
    EXPECT_GT(false_by_counts, 100);
}

TEST(SeriesChanges, a_date_is_the_day_and_neighbouring_events_are_told_apart_or_not) {
    const auto buckets = made(3, 28, 0, 900, [](int i) { return i < 20 ? .94 : .84; });
    const SeriesEvent date[] = {{19 * day, 20 * day, "that day"}, {25 * day, 26 * day, "later"}};
    EXPECT_EQ(series_changes(buckets, date)->changes.at(0).named(),
              std::vector<std::string>{"that day"});
    const SeriesEvent both[] = {{20 * day, 20 * day, "model"}, {20 * day, 20 * day, "prompt"}};
    EXPECT_EQ(series_changes(buckets, both)->changes.at(0).named().size(), 2u);
    const SeriesEvent after_all[] = {{40 * day, 40 * day, "next month"}};
    EXPECT_TRUE(series_changes(buckets, after_all)->changes.at(0).events.empty());
}

TEST(SeriesChanges, too_few_or_all_alike_is_said) {
    EXPECT_FALSE(series_changes(made(4, 3, 0, 900, [](int) { return .9; })));
    EXPECT_FALSE(series_changes(std::vector<SeriesBucket>(9, {0, 1, .001})));
}

TEST(DayBuckets, are_days_cut_at_events) {
    std::vector<ScoredSession> sessions;
    for (int i = 0; i < 12 * 48; ++i) {
        sessions.push_back({i * day / 48, 1, i % 5 == 0 ? 0. : 1., "u"});
    }
    const SeriesEvent noon[] = {{5.5 * day, 5.5 * day, "deploy"}, {8 * day, 9 * day, "a date"}};
    const auto buckets = day_buckets(sessions, noon);
    ASSERT_EQ(buckets.size(), 13u);
    EXPECT_EQ(buckets[6].begin_s, 5.5 * day);
    EXPECT_EQ(buckets[7].begin_s, 6 * day);
    EXPECT_NEAR(buckets[6].variance, 2 * buckets[7].variance, 1e-12);
    EXPECT_TRUE(day_buckets({}, {}).empty());
}

TEST(DayBuckets, a_short_series_goes_by_hours_and_thin_hours_join) {
    std::vector<ScoredSession> sessions;
    for (int i = 0; i < 200; ++i) sessions.push_back({i * 720., 1, i % 5 == 0 ? 0. : 1., "u"});
    EXPECT_EQ(day_buckets(sessions, {}).size(), 20u);  // 5 an hour, 10 a bucket.
}

}  // namespace
}  // namespace plimsoll::analyse
