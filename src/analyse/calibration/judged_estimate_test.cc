#include "analyse/calibration/judged_estimate.h"

#include <gtest/gtest.h>

#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

/// 10% anomalies that pass at 60%, all of them judged; a ninth of the rest, which passes at 97.78%:
/// traffic 0.94, naive 0.79 (docs/statistics/2-sampling.md).
std::vector<record::JudgedSums> traffic(std::uint64_t interactions, std::uint64_t seed) {
    std::vector<record::JudgedSums> sums(2);
    for (std::size_t i = 0; i < 2; ++i) {
        sums[i].stratum = i == 0 ? "anomaly/error" : "plain";
        for (auto* buckets :
             {&sums[i].bucket_population, &sums[i].bucket_weight, &sums[i].bucket_weighted})
            buckets->assign(64, 0.0);
    }
    CounterRandom random(seed);
    for (std::uint64_t i = 0; i < interactions; ++i) {
        const bool anomaly = random.uniform() < 0.1;
        const double pi = anomaly ? 1.0 : 1.0 / 9;
        const double y = random.uniform() < (anomaly ? 0.6 : 0.97777778) ? 1 : 0;
        record::JudgedSums& sum = sums[anomaly ? 0 : 1];
        const std::size_t bucket = random.below(64);
        ++sum.population;
        ++sum.bucket_population[bucket];
        if (random.uniform() >= pi) {
            ++sum.reasons["not_sampled"];
            continue;
        }
        const double w = 1 / pi;
        ++sum.drawn;
        sum.drawn_weight += w;
        sum.drawn_weight2 += w * w;
        if (random.below(100) == 0) {
            ++sum.reasons["judge_refused"];
            continue;
        }
        ++sum.scored;
        sum.y += y;
        sum.w += w;
        sum.w2 += w * w;
        sum.wy += w * y;
        sum.w2y += w * w * y;
        sum.w2y2 += w * w * y * y;
        sum.wy2 += w * y * y;
        sum.bucket_weight[bucket] += w;
        sum.bucket_weighted[bucket] += w * y;
    }
    return sums;
}

TEST(JudgedEstimate, the_corrected_mean_is_that_of_the_traffic_and_the_naive_one_is_not) {
    int covered = 0, naive_covered = 0;
    constexpr int runs = 300;
    for (int run = 0; run < runs; ++run) {
        const JudgedEstimate estimate = judged_estimate(traffic(9'000, 100 + run));
        ASSERT_TRUE(estimate.corrected.has_value());
        const Interval interval = estimate.corrected->estimate.interval;
        covered += interval.contains(0.94);
        naive_covered += interval.contains(*estimate.naive);
        EXPECT_NEAR(*estimate.naive, 0.79, 0.06);
        EXPECT_TRUE(estimate.integrity.empty());
    }
    // Nominal 95%: binomial of 300 runs has a deviation of 3.8.
    EXPECT_GE(covered, 285 - 12);
    EXPECT_EQ(naive_covered, 0);
}

TEST(JudgedEstimate, every_interaction_is_counted_and_says_why) {
    auto sums = traffic(9'000, 1);
    sums[1].reasons["pending"] = 5;
    sums[1].drawn += 5;
    sums[1].population += 5;
    sums[1].outside = 3;
    sums[1].population += 3;
    const JudgedEstimate estimate = judged_estimate(sums);
    EXPECT_EQ(estimate.matched, 9'008u);
    EXPECT_EQ(estimate.skipped, 5u);
    EXPECT_EQ(estimate.outside, 3u);
    EXPECT_EQ(
        estimate.judged + estimate.failed + estimate.skipped + estimate.reasons.at("not_sampled"),
        estimate.matched);
    EXPECT_EQ(estimate.sampled, estimate.judged - 3 + estimate.failed + estimate.skipped);
}

TEST(JudgedEstimate, a_sampler_that_is_not_what_it_says_is_found) {
    auto sums = traffic(9'000, 2);
    sums[1].drawn_weight *= 0.5;
    EXPECT_EQ(judged_estimate(sums).integrity.size(), 1u);
}

TEST(JudgedEstimate, nothing_scored_is_said) {
    const JudgedEstimate none = judged_estimate({});
    EXPECT_FALSE(none.naive);
    EXPECT_EQ(none.corrected.why(), "nothing was scored");
}

}  // namespace
}  // namespace plimsoll::analyse
