#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "analyse/overlap/dimension_overlap.h"
#include "analyse/overlap/effective_dimensions.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

TEST(FailurePair, agrees_with_the_worked_example) {  // docs/statistics/8-overlap.md, TV-8.1
    const FailurePair pair{48, 22, 12, 918};
    EXPECT_NEAR(phi(pair), .72284314, 5e-9);
    EXPECT_NEAR(phi_max(pair), .92088236, 5e-9);
    EXPECT_NEAR(b_given_a(pair), .6857, 5e-5);
    EXPECT_NEAR(a_given_b(pair), .8, 1e-12);
    EXPECT_NEAR(lift(pair), 11.429, 5e-4);
    EXPECT_NEAR(jaccard(pair), .5854, 5e-5);
    EXPECT_NEAR(odds_ratio(pair), 166.909, 5e-4);
    EXPECT_NEAR(*tetrachoric(pair), .94586901, 1e-6);
}

TEST(Tetrachoric, of_medians_is_the_sine) {  // TV-8.1; Sheppard 1899: P(both) = 1/4 + asin(r)/2pi.
    EXPECT_NEAR(*tetrachoric({.4, .1, .1, .4}), .80901699, 5e-9);
    EXPECT_NEAR(*tetrachoric({.1, .4, .4, .1}), -std::sin(2 * std::numbers::pi * .15), 5e-9);
    EXPECT_NEAR(*tetrachoric({.25, .25, .25, .25}), 0, 1e-12);
}

TEST(FailurePair, an_empty_cell_is_filled_for_the_odds_only) {
    const FailurePair pair{10, 0, 5, 85};
    EXPECT_DOUBLE_EQ(odds_ratio(pair), 10.5 * 85.5 / (.5 * 5.5));
    EXPECT_DOUBLE_EQ(jaccard(pair), 10.0 / 15);
    EXPECT_DOUBLE_EQ(b_given_a(pair), 1);
    EXPECT_TRUE(std::isnan(phi_max({0, 0, 5, 95})));
    EXPECT_TRUE(std::isnan(phi({0, 0, 5, 95})));
    EXPECT_FALSE(tetrachoric({0, 0, 5, 95}));
}

TEST(MantelHaenszel, agrees_with_r_on_both_examples) {  // TV-8.2: R's mantelhaen.test
    // Its tables are [[a, b], [c, d]].
    const std::vector<FailurePair> rabbits{
        {0, 0, 6, 5}, {3, 0, 3, 6}, {6, 2, 0, 4}, {5, 6, 1, 0}, {2, 5, 0, 0}};
    const auto first = mantel_haenszel(rabbits);
    ASSERT_TRUE(first) << first.why();
    EXPECT_NEAR(first->odds_ratio, 7, 1e-12);
    EXPECT_NEAR(first->interval.low, 1.026713, 5e-7);
    EXPECT_NEAR(first->interval.high, 47.725133, 5e-7);
    EXPECT_NEAR(first->chi_square, 3.9286, 5e-5);
    EXPECT_NEAR(first->p, .04747, 5e-6);
    EXPECT_EQ(first->strata, 3u);  // The first and the last have an empty margin.

    const std::vector<FailurePair> five{
        {20, 14, 10, 24}, {15, 12, 3, 15}, {3, 2, 3, 2}, {12, 3, 7, 5}, {1, 0, 3, 2}};
    const auto second = mantel_haenszel(five);
    EXPECT_NEAR(second->odds_ratio, 3.5912, 5e-5);
    EXPECT_NEAR(second->chi_square, 11.8852, 5e-5);
    EXPECT_NEAR(second->p, .0005658, 5e-8);
}

TEST(MantelHaenszel, without_a_telling_stratum_there_is_none) {
    EXPECT_FALSE(mantel_haenszel(std::vector<FailurePair>{{1, 0, 0, 0}, {0, 0, 5, 5}}));
    EXPECT_FALSE(mantel_haenszel(std::vector<FailurePair>{{5, 0, 0, 5}}));
    EXPECT_FALSE(mantel_haenszel({}));
}

TEST(EffectiveDimensions, lie_between_one_and_the_nominal_count) {
    EXPECT_DOUBLE_EQ(effective_dimensions(std::vector<double>{1, 0, 0, 0, 1, 0, 0, 0, 1}, 3), 3);
    EXPECT_DOUBLE_EQ(effective_dimensions(std::vector<double>{1, 1, 1, 1}, 2), 1);
    // Eigenvalues 1.6 and .4: 4 / (2.56 + .16).
    EXPECT_NEAR(effective_dimensions(std::vector<double>{1, .6, .6, 1}, 2), 4 / 2.72, 1e-12);
}

DimensionOverlap traffic(double p_a, double p_b_if_a, double p_b_else, std::size_t n = 6000) {
    CounterRandom random(8);
    std::vector<FailedBoth> rows(n);
    for (FailedBoth& row : rows) {
        row.a_fails = random.uniform() < p_a;
        row.b_fails = random.uniform() < (row.a_fails ? p_b_if_a : p_b_else);
        row.bucket = random.below(64);
    }
    return dimension_overlap(rows);
}

TEST(DimensionOverlap, the_same_failure_twice_is_to_be_merged) {
    EXPECT_EQ(traffic(.05, .9, .003).advice, Advice::merge);
}

TEST(DimensionOverlap, a_failure_that_brings_another_implies_it) {
    const DimensionOverlap overlap = traffic(.03, .99, .05);
    EXPECT_EQ(overlap.advice, Advice::b_implied);
    EXPECT_LT(overlap.phi->interval.high, .7);  // A rule on phi would have said nothing.
}

TEST(DimensionOverlap, hard_interactions_are_a_shared_cause) {
    CounterRandom random(9);
    std::vector<FailedBoth> rows(4000);
    for (FailedBoth& row : rows) {
        row.stratum = random.uniform() < .08;
        const double p = row.stratum == 1 ? .6 : .01;
        row.a_fails = random.uniform() < p;
        row.b_fails = random.uniform() < p;
        row.bucket = random.below(64);
    }
    const DimensionOverlap overlap = dimension_overlap(rows);
    EXPECT_EQ(overlap.advice, Advice::shared_cause);
    EXPECT_TRUE(overlap.within_strata->interval.contains(1));
    for (FailedBoth& row : rows) row.stratum = 0;  // Nobody knew which were hard.
    EXPECT_EQ(dimension_overlap(rows).advice, Advice::independent);
}

TEST(DimensionOverlap, forty_failures_are_not_enough) {
    EXPECT_EQ(traffic(.02, .9, .003, 2000).advice, Advice::insufficient);
    EXPECT_EQ(dimension_overlap({}).advice, Advice::insufficient);
}

TEST(DimensionOverlap, over_several_pairs_p_is_adjusted_where_there_is_a_test) {
    std::vector<DimensionOverlap> pairs(3);
    pairs[0].within_strata = CommonOdds{.p = .02};
    pairs[2].within_strata = CommonOdds{.p = .03};
    EXPECT_THAT(adjusted_association(pairs), ::testing::ElementsAre(.03, 1, .03));
}

TEST(DimensionOverlap, opposite_slices_or_disagreeing_people_call_for_a_split) {
    EXPECT_TRUE(should_split(.6, {}));
    EXPECT_TRUE(should_split(.8, std::vector{.04, -.03}));
    EXPECT_FALSE(should_split(.8, std::vector{.04, .03}));
}

}  // namespace
}  // namespace plimsoll::analyse
