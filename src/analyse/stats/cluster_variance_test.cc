#include "analyse/stats/cluster_variance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "analyse/stats/kernel_vectors.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

ClusteredSums eight_scores_in_four_buckets() {
    ClusteredSums sums(4);
    for (std::size_t i = 0; i < 8; ++i) sums.add(1 / tv_2_3_inclusion[i], tv_2_3_y[i], i % 4);
    return sums;
}

TEST(ClusterVariance, agrees_with_the_worked_example) {  // docs/statistics/0-kernel.md, TV-0.1
    const double variance = bucket_variance(eight_scores_in_four_buckets());
    EXPECT_NEAR(variance, 0.002924019733, 1e-12);
    EXPECT_NEAR(std::sqrt(variance), 0.054074205805, 1e-12);
}

TEST(ClusterVariance, few_clusters_lower_the_buckets_and_then_end_the_answer) {
    ClusteredSums sums(64);
    for (int i = 0; i < 4000; ++i) sums.add(1, i % 7 == 0, std::to_string(i));
    EXPECT_EQ(cluster_variance(sums, 320)->buckets, 64u);
    EXPECT_EQ(cluster_variance(sums, 319)->buckets, 16u);
    EXPECT_EQ(cluster_variance(sums, 79)->buckets, 8u);
    EXPECT_EQ(cluster_variance(sums, 39).why(), "too few clusters: fewer than 40");
    EXPECT_NEAR(cluster_variance(sums, 79)->quantile(), 2.364624, 1e-6);  // t_7
}

TEST(ClusterVariance, folding_64_buckets_to_16_is_as_if_16_had_been_kept) {
    ClusteredSums wide(64), narrow(16);
    for (int i = 0; i < 100; ++i) {
        wide.add(2, i % 3 == 0, std::to_string(i));
        narrow.add(2, i % 3 == 0, std::to_string(i));
    }
    EXPECT_NEAR(cluster_variance(wide, 100)->variance, bucket_variance(narrow), 1e-15);
}

TEST(ClusterVariance, empty_buckets_tell_how_many_clusters_there_are) {
    for (const int clusters : {10, 40, 90}) {
        ClusteredSums sums(64);
        for (int i = 0; i < 3 * clusters; ++i) sums.add(1, 1, std::to_string(i % clusters));
        EXPECT_NEAR(clusters_estimated(sums), clusters, 0.2 * clusters);
    }
}

TEST(DesignEffect, clusters_of_five_equal_scores_are_worth_a_fifth) {
    CounterRandom random(7);
    ClusteredSums sums(64);
    for (int cluster = 0; cluster < 20'000; ++cluster) {
        const double y = random.uniform() < 0.3;
        for (int i = 0; i < 5; ++i) sums.add(1, y, std::to_string(cluster));
    }
    const double variance = cluster_variance(sums)->variance;
    // A chi-square of 63 degrees over 63 has standard deviation sqrt(2/63) = 0.18; three of them.
    EXPECT_NEAR(design_effect(sums.all, variance), 5, 5 * 3 * 0.18);
    EXPECT_NEAR(effective_count(sums.all, variance), 100'000 / design_effect(sums.all, variance),
                1e-6);
}

}  // namespace
}  // namespace plimsoll::analyse
