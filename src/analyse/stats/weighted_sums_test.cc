#include "analyse/stats/weighted_sums.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analyse/stats/kernel_vectors.h"

namespace plimsoll::analyse {
namespace {

WeightedSums eight_scores() {
    WeightedSums sums;
    for (std::size_t i = 0; i < 8; ++i) sums.add(1 / tv_2_3_inclusion[i], tv_2_3_y[i]);
    return sums;
}

TEST(WeightedSums, agree_with_the_worked_example) {  // docs/statistics/2-sampling.md, TV-2.3
    const WeightedSums sums = eight_scores();
    EXPECT_NEAR(sums.w, 44, 1e-12);
    EXPECT_NEAR(sums.w2, 356, 1e-12);
    EXPECT_NEAR(sums.wy, 39.95, 1e-12);
    EXPECT_NEAR(sums.w2y, 345.95, 1e-12);
    EXPECT_NEAR(sums.w2y2, 340.1025, 1e-12);
    EXPECT_NEAR(sums.mean(), 0.907954545455, 1e-12);
    EXPECT_NEAR(sums.process_variance(), 0.002773010617, 1e-12);
    EXPECT_NEAR(std::sqrt(sums.process_variance()), .052659382987, 1e-12);
    EXPECT_NEAR(std::sqrt(sums.design_variance()), .041216224869, 1e-12);
    EXPECT_NEAR(sums.kish_count(), 5.4382022472, 1e-10);
}

TEST(WeightedSums, score_variance_is_that_of_the_traffic) {
    WeightedSums sums;  // One fail that stands for itself, one pass that stands for nine.
    sums.add(1, 0);
    sums.add(9, 1);
    EXPECT_NEAR(sums.score_variance(), 0.9 * 0.1, 1e-15);
}

TEST(WeightedSums, parts_merge_to_the_whole) {
    ClusteredSums whole(4), first(4), second(4);
    for (std::size_t i = 0; i < 8; ++i) {
        whole.add(1 / tv_2_3_inclusion[i], tv_2_3_y[i], i % 4);
        (i < 4 ? first : second).add(1 / tv_2_3_inclusion[i], tv_2_3_y[i], i % 4);
    }
    first.merge(second);
    EXPECT_EQ(first.all.n, whole.all.n);
    EXPECT_NEAR(first.all.process_variance(), whole.all.process_variance(), 1e-15);
    EXPECT_EQ(first.bucket_wy, whole.bucket_wy);
}

}  // namespace
}  // namespace plimsoll::analyse
