#include "analyse/drift/slice_shrinkage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace plimsoll::analyse {
namespace {

using ::testing::HasSubstr;

TEST(SliceShrinkage, agrees_with_the_worked_example) {  // docs/statistics/5-slices.md, TV-5.4
    const std::vector<SliceChange> slices{
        {.94, .0004}, {.90, .0009}, {.97, .0006}, {.80, .004}, {.93, .0001}};
    const Shrinkage shrunken = shrink(slices);
    EXPECT_NEAR(shrunken.tau2, .00168160, 5e-9);
    EXPECT_NEAR(shrunken.mean, .92404602, 5e-9);
    const double kept[] = {.807840, .651379, .737027, .295973, .943871};
    const double changes[] = {.936934, .908383, .957915, .887332, .929666};
    for (std::size_t j = 0; j < 5; ++j) {
        EXPECT_NEAR(shrunken.slices[j].kept, kept[j], 1e-6);
        EXPECT_NEAR(shrunken.slices[j].change, changes[j], 1e-6);
    }
    // By hand from the same figures: se_mu^2 = 1 / sum 1 / (tau^2 + v).
    double weights = 0;
    for (const SliceChange& slice : slices) weights += 1 / (.00168160 + slice.variance);
    EXPECT_NEAR(shrunken.slices[3].variance, .295973 * .004 + .704027 * .704027 / weights, 1e-8);
}

TEST(SliceShrinkage, efron_and_morris_baseball) {  // docs/statistics/5-slices.md, TV-5.3
    // 18 batters' hits of 45. James and Stein's c = 1 - (k - 3) s^2 / S with s^2 = m (1 - m) / 45
    // is another estimate of tau^2 than Paule and Mandel's: tau^2 = s^2 / (1/c - 1), the same form
    // of shrinking. Here that c, then ours with its S = (k - 1) in place of k - 3.
    const std::vector<int> hits{18, 17, 16, 15, 14, 14, 13, 12, 11,
                                11, 10, 10, 10, 10, 10, 9,  8,  7};
    double mean = 0, spread = 0;
    for (const int h : hits) mean += h / 45.0 / 18;
    EXPECT_NEAR(mean, .265432, 5e-7);
    const double s2 = mean * (1 - mean) / 45;
    std::vector<SliceChange> slices;
    for (const int h : hits) {
        spread += (h / 45.0 - mean) * (h / 45.0 - mean);
        slices.push_back({h / 45.0, s2});
    }
    const double c = 1 - 15 * s2 / spread;
    EXPECT_NEAR(c, .211653, 5e-7);
    EXPECT_NEAR(mean + c * (hits.front() / 45.0 - mean), .2939, 5e-5);
    EXPECT_NEAR(mean + c * (hits.back() / 45.0 - mean), .2422, 5e-5);
    const Shrinkage ours = shrink(slices);
    EXPECT_NEAR(ours.mean, mean, 1e-12);
    EXPECT_NEAR(ours.slices[0].kept, 1 - 17 * s2 / spread, 1e-8);
}

TEST(SliceShrinkage, siblings_that_do_not_differ_are_all_at_their_mean) {
    const std::vector<SliceChange> alike(6, {.05, .01});
    const Shrinkage shrunken = shrink(alike);
    EXPECT_EQ(shrunken.tau2, 0);
    EXPECT_THAT(shrunken.note, HasSubstr("no evidence"));
    EXPECT_NEAR(shrunken.slices[2].change, .05, 1e-15);
    EXPECT_NEAR(shrunken.slices[2].variance, .01 / 6, 1e-15);
}

TEST(SliceShrinkage, four_siblings_are_left_as_they_are) {
    const std::vector<SliceChange> four{{.1, .01}, {.5, .01}, {-.2, .01}, {0, .01}};
    const Shrinkage shrunken = shrink(four);
    EXPECT_EQ(shrunken.slices[1].change, .5);
    EXPECT_EQ(shrunken.slices[1].kept, 1);
    EXPECT_THAT(shrunken.note, HasSubstr("fewer than 5"));
}

TEST(SliceShrinkage, impact_is_what_is_sure_times_what_it_concerns) {
    // .2 * (.1 - 1.6448536 * .03); nothing if the bound is below zero.
    EXPECT_NEAR(impact({.1, .0009, 1}, .2), .2 * (.1 - 1.6448536269514722 * .03), 1e-15);
    EXPECT_EQ(impact({.1, .01, 1}, .2), 0);
}

}  // namespace
}  // namespace plimsoll::analyse
