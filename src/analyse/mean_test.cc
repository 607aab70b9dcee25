#include "analyse/mean.h"

#include <gtest/gtest.h>

#include <vector>

namespace plimsoll::analyse {
namespace {

TEST(Mean, variance_between_buckets_agrees_with_the_worked_example) {
    // Eight scores y = (.2,0,1,1,.5,1,1,.75), inclusion (1,1,.1,.1,.5,.1,.2,.2), in buckets
    // (0,1,2,3,0,1,2,3): the Hajek mean is 0.907954545455, its cluster variance 0.002924019733,
    // both by hand from the formula in mean.h.
    const std::vector<double> y{.2, 0, 1, 1, .5, 1, 1, .75};
    const std::vector<double> inclusion{1, 1, .1, .1, .5, .1, .2, .2};
    std::vector<double> weight(4), weighted(4);
    MeanSums sums;
    for (std::size_t i = 0; i < y.size(); ++i) {
        weight[i % 4] += 1 / inclusion[i];
        weighted[i % 4] += y[i] / inclusion[i];
        sums.weight += 1 / inclusion[i];
        sums.weighted += y[i] / inclusion[i];
    }
    sums.scored = y.size();
    sums.bucket_weight = weight;
    sums.bucket_weighted = weighted;
    EXPECT_NEAR(sums.weighted / sums.weight, 0.907954545455, 1e-12);
    EXPECT_NEAR(cluster_variance(sums), 0.002924019733, 1e-12);
}

TEST(Mean, nothing_scored_has_no_mean) { EXPECT_FALSE(mean_of({}).has_value()); }

TEST(Mean, all_passing_still_leaves_room_below_one) {
    const std::vector<double> bucket(64, 10.0);
    const MeanSums sums{.scored = 640, .weight = 640, .weighted = 640, .bucket_weight = bucket,
                        .bucket_weighted = bucket};
    const auto mean = mean_of(sums);
    EXPECT_EQ(mean->value, 1.0);
    EXPECT_EQ(mean->high, 1.0);
    // Wilson at p = 1: n / (n + z^2) = 640 / (640 + 1.998341^2).
    EXPECT_NEAR(mean->low, 640 / (640 + 1.998341 * 1.998341), 1e-9);
}

TEST(Mean, failures_in_few_sessions_widen_the_interval) {
    // 640 interactions, 30 failures: spread over all buckets, or all in three of them.
    const std::vector<double> weight(64, 10.0);
    const std::vector<double> spread(64, 10.0 - 30.0 / 64);
    std::vector<double> lumped(64, 10.0);
    lumped[7] = lumped[8] = lumped[9] = 0;
    MeanSums sums{.scored = 640, .weight = 640, .weighted = 610, .bucket_weight = weight,
                  .bucket_weighted = spread};
    const auto even = mean_of(sums);
    sums.bucket_weighted = lumped;
    const auto uneven = mean_of(sums);
    EXPECT_GT(uneven->high - uneven->low, 2 * (even->high - even->low));
}

TEST(Mean, three_sessions_are_three_counts) {
    std::vector<double> weight(64), weighted(64);
    for (const std::size_t g : {3, 20, 41}) weight[g] = weighted[g] = 50;
    const MeanSums sums{.scored = 150, .weight = 150, .weighted = 150, .bucket_weight = weight,
                        .bucket_weighted = weighted};
    EXPECT_EQ(mean_of(sums)->effective_count, 3);
    EXPECT_LT(mean_of(sums)->low, 0.5);
}

}  // namespace
}  // namespace plimsoll::analyse
