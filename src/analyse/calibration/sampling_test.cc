// The whole way from a biased sample to the mean of the traffic.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "analyse/calibration/mover_wilson.h"
#include "analyse/calibration/sampler_integrity.h"
#include "analyse/calibration/sampling_allocation.h"
#include "analyse/calibration/stratified_mean.h"

namespace plimsoll::analyse {
namespace {

/// `n` scores of weight `w`, `passes` of them 1, each in a session of its own.
Stratum stratum_of(std::string name, std::optional<double> population, int n, int passes,
                   double w) {
    Stratum stratum{name, population, ClusteredSums(), {}};
    for (int i = 0; i < n; ++i) stratum.sums.add(w, i < passes, name + std::to_string(i));
    return stratum;
}

TEST(Neyman, agrees_with_the_worked_example) {  // docs/statistics/2-sampling.md, TV-2.4
    const StratumPlan strata[] = {{1800, std::sqrt(.4 * .6)},
                                  {16200, std::sqrt(.4 / 18 * (1 - .4 / 18))}};
    const auto inclusion = neyman(strata, 3600);
    EXPECT_NEAR((*inclusion)[0], 0.5393724636, 1e-8);
    EXPECT_NEAR((*inclusion)[1], 0.1622919485, 1e-8);
}

TEST(Neyman, costs_floors_and_caps_leave_the_budget_whole) {
    const StratumPlan strata[] = {{100, .5, 1}, {1000, .1, 4}, {10000, .001, 1}};
    const auto inclusion = *neyman(strata, 1500, 0.02);
    EXPECT_EQ(inclusion[0], 1);     // Would be 2.6.
    EXPECT_EQ(inclusion[2], 0.02);  // Would be 0.005.
    EXPECT_NEAR(inclusion[1], (1500 - 100 - 200) / 4000., 1e-12);
    EXPECT_EQ(neyman(strata, 200, 0.02).why(),
              "the budget does not pay for the floor of the probabilities");
}

TEST(Allocation, a_fifth_goes_to_anomalies_and_comes_back_when_they_are_all_judged) {
    const StratumPlan strata[] = {{1800, .49, 1, true}, {16200, .1474, 1, false}};
    const auto mixed = *allocate(strata, 3600);
    const auto precise = *neyman(strata, 2880, 0.02);
    EXPECT_NEAR(mixed[1], precise[1], 1e-12);
    EXPECT_NEAR(mixed[0], precise[0] + 720. / 1800, 1e-12);
    const auto rich = *allocate(strata, 9000);
    EXPECT_EQ(rich[0], 1);
    EXPECT_NEAR(rich[1], (9000 - 1800) / 16200., 1e-12);
}

TEST(StratifiedMean, undoes_the_preference_for_anomalies) {
    // Traffic of 18 000, 10% anomalies that pass at .6, the rest at .9778: truth .94. All anomalies
    // are judged and a ninth of the rest: the naive mean is .789 (docs/statistics/2-sampling.md).
    const auto result = *stratified_mean(
        {stratum_of("anomaly", 1800, 1800, 1080, 1), stratum_of("plain", 16200, 1800, 1760, 9)},
        {.clustered = false});
    EXPECT_NEAR(result.estimate.value, .1 * .6 + .9 * 1760 / 1800, 1e-14);
    EXPECT_NEAR(result.estimate.standard_error, .00344, 1e-5);  // The table's last row.
    EXPECT_TRUE(result.estimate.interval.contains(.94));
    EXPECT_EQ(result.method, "MOVER-Wilson over the strata");
}

TEST(StratifiedMean, without_populations_is_the_hajek_mean_with_its_variance) {
    const Stratum a = stratum_of("a", {}, 50, 30, 2), b = stratum_of("b", {}, 200, 190, 7);
    ClusteredSums all = a.sums;
    all.merge(b.sums);
    const auto result = *stratified_mean({a, b}, {.clustered = false});
    EXPECT_NEAR(result.estimate.value, all.all.mean(), 1e-14);
    EXPECT_NEAR(std::pow(result.estimate.standard_error, 2) / all.all.process_variance(), 1, 0.02);
}

TEST(StratifiedMean, sessions_that_fail_together_widen_it) {
    Stratum alone{"s", 4000, ClusteredSums(), {}}, together = alone;
    for (int i = 0; i < 2000; ++i) {
        alone.sums.add(2, i % 10 != 0, std::to_string(i));
        together.sums.add(2, i / 5 % 10 != 0, std::to_string(i / 5));
    }
    const auto narrow = *stratified_mean({alone}), wide = *stratified_mean({together});
    EXPECT_GT(wide.design_effect, 3);
    EXPECT_GT(wide.estimate.interval.width(), 1.5 * narrow.estimate.interval.width());
}

TEST(StratifiedMean, few_clusters_are_counted_instead_of_scores) {
    Stratum few{"s", 4000, ClusteredSums(), {}};
    for (int i = 0; i < 2000; ++i) few.sums.add(2, i % 10 != 0, std::to_string(i % 12));
    const auto result = *stratified_mean({few}, {.clusters = 12});
    EXPECT_EQ(result.notes.size(), 1u);
    EXPECT_GT(result.estimate.interval.width(), 0.3);  // Twelve counts.
}

TEST(Collapsed, small_strata_go_to_their_nearest_relative) {
    std::vector<std::string> notes;
    const auto strata =
        collapsed({stratum_of("anomaly/de", 50, 3, 1, 1), stratum_of("plain", 500, 12, 9, 1),
                   stratum_of("anomaly/fr", 70, 40, 9, 1)},
                  notes);
    ASSERT_EQ(strata.size(), 2u);
    EXPECT_EQ(strata[1].name, "anomaly/fr + anomaly/de");
    EXPECT_EQ(strata[1].population, 120);
    EXPECT_EQ(notes.size(), 1u);
}

TEST(StratifiedMean, says_why_there_is_none) {
    EXPECT_EQ(stratified_mean({}).why(), "nothing was scored");
    EXPECT_EQ(stratified_mean({stratum_of("a", 10, 0, 0, 1)}).why(), "nothing was scored");
    EXPECT_EQ(stratified_mean({stratum_of("a", 10, 10, 5, 1), stratum_of("b", {}, 10, 5, 1)}).why(),
              "the population is known of some strata only");
}

TEST(SamplerIntegrity, weights_must_add_up_to_the_population) {
    const Stratum honest = stratum_of("plain", 900, 100, 90, 9);
    EXPECT_TRUE(sampler_integrity("plain", honest.sums.all, 1000).empty());  // .9 in 1 -+ .377
    const auto findings = sampler_integrity("plain", honest.sums.all, 600);  // 1.5
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_NEAR(findings[0].allowed.high, 1 + 4 * std::sqrt((1 - 1. / 9) / 100), 1e-8);
    const Stratum all = stratum_of("anomaly", 30, 30, 20, 1);
    EXPECT_TRUE(sampler_integrity("anomaly", all.sums.all, 30).empty());
    EXPECT_FALSE(sampler_integrity("anomaly", all.sums.all, 31).empty());
    EXPECT_FALSE(sampler_integrity("none", WeightedSums(), 5).empty());
    EXPECT_TRUE(sampler_integrity("none", WeightedSums(), 0).empty());
}

}  // namespace
}  // namespace plimsoll::analyse
