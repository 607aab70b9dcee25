#include "analyse/drift/baseline.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

/// `per_hour` sessions an hour that fail with the probability that `rate` gives for a Unix hour.
template <class Rate>
ReferenceLosses reference(int days, int per_hour, Rate&& rate, std::uint64_t stream = 0) {
    ReferenceLosses losses;
    CounterRandom dice(42, stream);
    for (int hour = 0; hour < 24 * days; ++hour) {
        for (int i = 0; i < per_hour; ++i) {
            losses.update(3600.0 * hour + i, 1, dice.uniform() < rate(hour) ? 1 : 0,
                          std::to_string(hour * 1000 + i));
        }
    }
    return losses;
}

constexpr auto quiet = [](int) { return .06; };

TEST(Baseline, two_quiet_weeks_of_3600_a_day_allow_what_the_worked_example_allows) {
    // docs/statistics/4-drift.md: .06 + upper bound of 14 days (.0021) + .005 = .0671
    const auto baseline = baseline_of(reference(14, 150, quiet));
    ASSERT_TRUE(baseline);
    EXPECT_NEAR(baseline->interval.high - baseline->mean, .0021, .0004);
    EXPECT_EQ(baseline->days, 14u);
    EXPECT_NEAR(baseline->tolerance, tolerance_min, .003);
    EXPECT_DOUBLE_EQ(baseline->high, baseline->interval.high + baseline->tolerance);
    EXPECT_DOUBLE_EQ(baseline->low, baseline->interval.low - baseline->tolerance);
    EXPECT_TRUE(baseline->hour_shift.empty());
    EXPECT_EQ(baseline->high_at(12345), baseline->high);
    EXPECT_EQ(baseline->high_max(), baseline->high);
}

TEST(Baseline, days_that_differ_widen_the_tolerance_to_twice_their_spread) {
    CounterRandom dice(5);
    double day_effect[28];
    for (double& effect : day_effect) effect = .03 * (dice.uniform() + dice.uniform() - 1);
    double squares = 0;
    for (const double effect : day_effect) squares += effect * effect / 28;
    const auto baseline =
        baseline_of(reference(28, 150, [&](int hour) { return .06 + day_effect[hour / 24]; }));
    ASSERT_TRUE(baseline);
    EXPECT_NEAR(baseline->tau_day, std::sqrt(squares), .003);
    EXPECT_DOUBLE_EQ(baseline->tolerance, 2 * baseline->tau_day);
}

TEST(Baseline, before_14_days_the_tolerance_is_a_cautious_hundredth) {
    const auto baseline = baseline_of(reference(13, 150, quiet));
    ASSERT_TRUE(baseline);
    EXPECT_EQ(baseline->tolerance, tolerance_before_days);
}

TEST(Baseline, a_weekly_pattern_is_learned_if_it_comes_again) {
    const auto night = [](int hour) { return hour % 24 < 8 ? .12 : .03; };
    const auto baseline = baseline_of(reference(28, 150, night));
    ASSERT_TRUE(baseline);
    ASSERT_EQ(baseline->hour_shift.size(), week_hours);
    double worst = 0;
    for (int hour = 0; hour < 168; ++hour) {
        worst = std::max(worst, std::abs(baseline->hour_shift[hour] - (night(hour) - .06)));
    }
    EXPECT_LT(worst, .04);  // 600 sessions an hour of the week: se .013 at .12, 168 of them.
    EXPECT_GT(baseline->high_at(3600. * 3), baseline->high_at(3600. * 12) + .05);
    EXPECT_GE(baseline->high_max(), baseline->high_at(3600. * 3));
    EXPECT_LT(baseline->tau_day, .004);
}

TEST(Baseline, no_pattern_is_seen_in_quiet_traffic_nor_in_the_luck_of_days) {
    int seen = 0;
    for (std::uint64_t stream = 0; stream < 40; ++stream) {
        CounterRandom dice(9, stream);
        double effect[14];
        for (double& one : effect) one = stream % 2 * .02 * (dice.uniform() - .5);
        const auto baseline = baseline_of(reference(
            14, 20, [&](int hour) { return .06 + effect[hour / 24]; }, stream));
        seen += !baseline->hour_shift.empty();
    }
    EXPECT_LE(seen, 1);
}

TEST(Baseline, parts_merge_to_the_whole) {
    ReferenceLosses first = reference(14, 10, quiet, 1), second = reference(14, 10, quiet, 2),
                    other = second;
    other.merge(first);
    first.merge(second);
    EXPECT_NEAR(baseline_of(first)->high, baseline_of(other)->high, 1e-15);
    EXPECT_EQ(first.all.all.n, 2u * 14 * 24 * 10);
}

TEST(Baseline, below_200_sessions_only_an_objective_will_do) {
    const auto none = baseline_of(reference(1, 8, quiet));  // 192
    ASSERT_FALSE(none);
    EXPECT_EQ(none.why(),
              "192 reference sessions, at least 200 are needed to estimate a "
              "baseline; state an objective instead");
    EXPECT_DOUBLE_EQ(fixed_baseline(.9).high, .1);
    EXPECT_EQ(fixed_baseline(.9).low, 0);
}

TEST(Baseline, a_reference_without_any_loss_still_leaves_room) {
    const auto baseline = baseline_of(reference(14, 10, [](int) { return 0.; }));
    ASSERT_TRUE(baseline);
    EXPECT_GT(baseline->high, tolerance_min);
    EXPECT_EQ(baseline->low, 0);
}

}  // namespace
}  // namespace plimsoll::analyse
