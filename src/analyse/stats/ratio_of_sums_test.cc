#include "analyse/stats/ratio_of_sums.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {
namespace {

using Clusters = std::vector<std::pair<double, double>>;

const Clusters tv_9_4 = {{12, 4}, {3, 1}, {30, 9}, {8, 3}, {0, 1},
                         {22, 7}, {5, 2}, {16, 5}, {9, 3}, {41, 12}};

RatioSums sums_of(const Clusters& clusters) {
    RatioSums sums;
    for (const auto& [cost, calls] : clusters) sums.add(cost, calls);
    return sums;
}

TEST(RatioOfSums, agrees_with_TV_9_4) {  // docs/statistics/9-refusals-latency-cost.md
    const auto ratio = ratio_of_sums(sums_of(tv_9_4));
    ASSERT_TRUE(ratio);
    EXPECT_NEAR(ratio->estimate.value, 3.1063829787, 5e-11);
    EXPECT_NEAR(ratio->estimate.standard_error, .1258238292, 5e-11);
    EXPECT_NEAR(ratio->estimate.interval.low, 2.821750, 5e-7);
    EXPECT_NEAR(ratio->estimate.interval.high, 3.391016, 5e-7);
    EXPECT_EQ(ratio->fieller.shape, FiellerSet::Shape::bounded);
    EXPECT_NEAR(ratio->fieller.limits.low, 2.50613262, 5e-9);
    EXPECT_NEAR(ratio->fieller.limits.high, 3.30030294, 5e-9);
    EXPECT_EQ(ratio->fieller.says(), "between 2.51 and 3.3");
    EXPECT_TRUE(ratio->prefer_fieller);
}

TEST(RatioOfSums, shards_merge_to_the_ratio_of_all) {
    RatioSums first = sums_of({tv_9_4.begin(), tv_9_4.begin() + 3});
    first.merge(sums_of({}));
    first.merge(sums_of({tv_9_4.begin() + 3, tv_9_4.end()}));
    const auto merged = ratio_of_sums(first), whole = ratio_of_sums(sums_of(tv_9_4));
    EXPECT_NEAR(merged->estimate.standard_error, whole->estimate.standard_error, 1e-14);
    EXPECT_NEAR(merged->fieller.limits.high, whole->fieller.limits.high, 1e-13);
}

/// Fieller by its definition: |mean of (cost - r calls)| <= t standard errors of it.
bool not_contradicted(const Clusters& clusters, double r) {
    const auto n = static_cast<double>(clusters.size());
    double mean = 0, squares = 0;
    for (const auto& [cost, calls] : clusters) mean += (cost - r * calls) / n;
    for (const auto& [cost, calls] : clusters) squares += std::pow(cost - r * calls - mean, 2);
    return std::abs(mean) <= student_quantile(.975, n - 1) * std::sqrt(squares / n / (n - 1));
}

TEST(RatioOfSums, the_set_is_what_the_test_of_each_ratio_leaves) {
    const Clusters cases[] = {
        tv_9_4,
        {{10, 0}, {11, 0}, {9, 0}, {10, 5}},  // The cost is sure, the calls are not.
        {{1, 0}, {0, 3}, {0, 0}, {5, 1}},     // Neither is sure.
    };
    for (const Clusters& clusters : cases) {
        const auto ratio = ratio_of_sums(sums_of(clusters));
        for (double r = -50; r <= 50; r += .0625) {
            EXPECT_EQ(ratio->fieller.contains(r), not_contradicted(clusters, r)) << r;
        }
    }
}

TEST(RatioOfSums, a_denominator_that_may_be_zero_is_said_in_words) {
    const auto open = ratio_of_sums(sums_of({{10, 0}, {11, 0}, {9, 0}, {10, 5}}));
    EXPECT_EQ(open->fieller.shape, FiellerSet::Shape::outside);
    EXPECT_EQ(open->fieller.says(),
              "1.89 or more, without an upper limit: the denominator may be zero");
    const auto nothing = ratio_of_sums(sums_of({{1, 0}, {0, 3}, {0, 0}, {5, 1}}));
    EXPECT_EQ(nothing->fieller.shape, FiellerSet::Shape::everything);
    EXPECT_EQ(nothing->fieller.says(),
              "anything: the denominator may be zero, and so may the numerator");
}

TEST(RatioOfSums, without_clusters_or_denominators_there_is_none) {
    EXPECT_FALSE(ratio_of_sums(sums_of({{1, 1}})));
    EXPECT_FALSE(ratio_of_sums(sums_of({{1, 0}, {2, 0}})));
}

TEST(RatioOfSums, one_enormous_bill_moves_the_winsorised_mean_little) {
    std::vector<double> cost(200, 1.0);
    cost[7] = 1e6;
    EXPECT_EQ(*winsorised_mean(cost), 1);
    EXPECT_EQ(*winsorised_mean(std::vector<double>{1, 2, 3}), 2);
    EXPECT_FALSE(winsorised_mean({}));
}

}  // namespace
}  // namespace plimsoll::analyse
