#include "analyse/stats/mean.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {
namespace {

TEST(Mean, nothing_scored_has_no_mean) {
    EXPECT_FALSE(mean_of(0, ClusteredSums()).has_value());
}

TEST(Mean, all_passing_still_leaves_room_below_one) {
    const std::vector<double> bucket(64, 10.0);
    const auto mean = mean_of(640, {bucket, bucket});
    EXPECT_EQ(mean->value, 1.0);
    EXPECT_EQ(mean->interval.high, 1.0);
    // Wilson at p = 1: n / (n + z^2) with z = t_63.
    const double z = student_quantile(0.975, 63);
    EXPECT_NEAR(mean->interval.low, 640 / (640 + z * z), 1e-12);
}

TEST(Mean, failures_in_few_sessions_widen_the_interval) {
    // 640 interactions, 30 failures: spread over all buckets, or all in three of them.
    const std::vector<double> weight(64, 10.0);
    const std::vector<double> spread(64, 10.0 - 30.0 / 64);
    std::vector<double> lumped(64, 10.0);
    lumped[7] = lumped[8] = lumped[9] = 0;
    const auto even = mean_of(640, {weight, spread});
    const auto uneven = mean_of(640, {weight, lumped});
    EXPECT_GT(uneven->interval.width(), 2 * even->interval.width());
}

TEST(Mean, three_sessions_are_three_counts) {
    std::vector<double> weight(64);
    for (const std::size_t g : {3, 20, 41}) weight[g] = 50;
    const auto mean = mean_of(150, {weight, weight});
    EXPECT_EQ(mean->effective_count, 3);
    EXPECT_LT(mean->interval.low, 0.5);
}

TEST(Mean, graded_scores_of_many_sessions_get_students_t) {
    std::vector<double> weight(64, 10.0), weighted(64, 6.0);
    for (std::size_t g = 0; g < 64; g += 2) weighted[g] = 7;
    const auto mean = mean_of(640, {weight, weighted}, Scores::graded, 400);
    // Every d_g is 1/2, so V = 64/63 * 64/4 / 640^2.
    const double half = student_quantile(0.975, 63) * std::sqrt(64.0 / 63 * 16 / (640 * 640));
    EXPECT_NEAR(mean->interval.low, 0.65 - half, 1e-12);
    EXPECT_NEAR(mean->interval.high, 0.65 + half, 1e-12);
    EXPECT_EQ(mean->method, "Student's t over buckets of sessions");
}

}  // namespace
}  // namespace plimsoll::analyse
