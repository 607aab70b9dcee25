#include "analyse/drift/distribution_drift.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "analyse/drift/distances.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

TEST(Distances, agree_with_the_worked_example) {  // docs/statistics/4-drift.md, TV-4.5
    const std::vector<double> p = {.1, .2, .3, .4}, q = {.15, .25, .3, .3};
    EXPECT_NEAR(population_stability_index(p, q), .0601986402, 5e-11);
    EXPECT_NEAR(jensen_shannon_divergence(p, q), .0074923766, 5e-11);
    EXPECT_NEAR(std::sqrt(jensen_shannon_divergence(p, q)), .0865585157, 5e-11);
    EXPECT_NEAR(std::sqrt(jensen_shannon_divergence(p, q) / std::log(2)), .1039673729, 5e-11);
    EXPECT_NEAR(kolmogorov_distance(p, q), .10, 1e-15);
    EXPECT_NEAR(wasserstein_distance(p, q), .25, 1e-15);
    EXPECT_NEAR(kolmogorov_p(.1, 200), .03406562, 5e-9);
}

TEST(Distances, the_incident_of_the_article_hides_from_a_fixed_threshold_of_one_tenth) {
    // docs/statistics/4-drift.md: .94 -> .89 as two bins
    const std::vector<double> before = {.06, .94}, after = {.11, .89};
    EXPECT_NEAR(std::sqrt(jensen_shannon_divergence(before, after)), .0638, 5e-5);
    EXPECT_NEAR(population_stability_index(before, after), .033, 5e-4);
}

/// Graded scores: the mean of three uniform numbers, moved.
ScoreHistogram graded(int n, double moved, std::uint64_t stream, double weight = 1) {
    ScoreHistogram histogram;
    CounterRandom dice(21, stream);
    for (int i = 0; i < n; ++i) {
        const double score = (dice.uniform() + dice.uniform() + dice.uniform()) / 3 + moved;
        histogram.add(weight, std::min(score, 1.0));
    }
    return histogram;
}

TEST(DistributionDrift, a_shift_is_found_and_measured_in_units_of_the_score) {
    const auto drift = distribution_drift(graded(2000, 0, 1), graded(2000, .05, 2));
    ASSERT_TRUE(drift);
    EXPECT_TRUE(drift->drifted);
    EXPECT_NEAR(drift->moved, .05, .015);
    EXPECT_LT(drift->psi_p, 1e-6);
    EXPECT_LT(drift->jensen_shannon_p, 1e-6);
}

TEST(DistributionDrift, a_difference_that_does_not_matter_is_none_however_sure) {
    const auto drift = distribution_drift(graded(200'000, 0, 1), graded(200'000, .01, 2));
    EXPECT_LT(drift->p, 1e-6);
    EXPECT_FALSE(drift->drifted);
}

TEST(DistributionDrift, clusters_and_weights_count_for_what_they_are) {
    const auto plain = distribution_drift(graded(2000, 0, 1), graded(2000, .02, 2));
    const auto clustered = distribution_drift(graded(2000, 0, 1), graded(2000, .02, 2), 4, 4);
    EXPECT_NEAR(plain->effective_count, 1000, 1e-9);
    EXPECT_NEAR(clustered->effective_count, 250, 1e-9);
    EXPECT_GT(clustered->p, plain->p);
    const auto weighted = distribution_drift(graded(2000, 0, 1, 5), graded(2000, .02, 2, 50));
    EXPECT_NEAR(weighted->p, plain->p, 1e-12);  // Weights that are all alike change nothing.
}

TEST(DistributionDrift, psi_without_change_is_what_it_says) {
    // docs/statistics/4-drift.md: ten bins, 200 and 200: .09 on average, above .1 in 37%
    double sum = 0, above = 0;
    constexpr int runs = 1000;
    for (std::uint64_t run = 0; run < runs; ++run) {
        CounterRandom dice(22, run);
        ScoreHistogram a, b;
        for (int i = 0; i < 200; ++i) {
            a.add(1, (dice.below(10) + .4) / 10);
            b.add(1, (dice.below(10) + .4) / 10);
        }
        const auto drift = distribution_drift(a, b);
        EXPECT_NEAR(drift->psi_without_change, .09, 1e-12);
        sum += drift->psi;
        above += drift->psi > .1;
    }
    EXPECT_NEAR(sum / runs, .0927, .005);
    EXPECT_NEAR(above / runs, .37, .05);
}

TEST(DistributionDrift, says_why_it_says_nothing) {
    EXPECT_EQ(distribution_drift(graded(99, 0, 1), graded(99, 0, 2)).why(),
              "too few scores to compare distributions");
    ScoreHistogram binary;
    for (int i = 0; i < 1000; ++i) binary.add(1, i % 10 != 0);
    EXPECT_EQ(distribution_drift(binary, binary).why(),
              "scores are 0 or 1, so that their mean says it all");
    EXPECT_FALSE(distribution_drift({}, {}));
}

}  // namespace
}  // namespace plimsoll::analyse
