#include "analyse/stats/false_discovery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace plimsoll::analyse {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Pointwise;

// Benjamini and Hochberg 1995, table 1: 15 endpoints of a trial of thrombolysis.
const std::vector<double> thrombolysis{.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344,
                                       .0459, .3240, .4262, .5719, .6528, .7590, 1};

TEST(FalseDiscovery, benjamini_and_hochbergs_own_example) {  // docs/statistics/5-slices.md, TV-5.1
    const std::vector<double> adjusted = benjamini_hochberg(thrombolysis);
    EXPECT_THAT(std::vector(adjusted.begin(), adjusted.begin() + 6),
                Pointwise(DoubleNear(1e-12), {.0015, .003, .0095, .035625, .0603, .447 / 7}));
    EXPECT_EQ(std::ranges::count_if(adjusted, [](double p) { return p <= .05; }), 4);
    // 15 * .0298 / 7 = .0638571…, as printed.
    EXPECT_NEAR(adjusted[5], .063857, 5e-7);
    EXPECT_EQ(adjusted[14], 1);
}

TEST(FalseDiscovery, holm_believes_three_of_them) {  // By hand: 15 p1, 14 p2, 13 p3, 12 p4.
    const std::vector<double> adjusted = holm(thrombolysis);
    EXPECT_THAT(std::vector(adjusted.begin(), adjusted.begin() + 4),
                Pointwise(DoubleNear(1e-12), {.0015, .0056, .0247, .114}));
    EXPECT_EQ(std::ranges::count_if(adjusted, [](double p) { return p <= .05; }), 3);
}

TEST(FalseDiscovery, any_dependence_costs_the_harmonic_number) {  // H_3 = 11/6, by hand.
    EXPECT_THAT(benjamini_yekutieli(std::vector{.03, .01, .2}),
                Pointwise(DoubleNear(1e-12), {.0825, .055, 11.0 / 30}));
}

TEST(FalseDiscovery, answers_keep_the_order_of_the_questions) {
    EXPECT_THAT(benjamini_hochberg(std::vector{.04, .01, .04}),
                Pointwise(DoubleNear(1e-12), {.04, .03, .04}));
    EXPECT_THAT(e_bh(std::vector{1.0, 60.0, 3.0}, .1), ElementsAre(false, true, false));
    EXPECT_TRUE(benjamini_hochberg({}).empty());
    EXPECT_TRUE(holm({}).empty());
    EXPECT_TRUE(e_bh({}, .1).empty());
}

TEST(FalseDiscovery, e_bh_carries_the_fourth_by_the_fifth) {  // docs/statistics/5-slices.md, TV-5.2
    // k e_(k) / K = 13, 18, 16.5, 8.4, 10, 1.8, …: the fourth fails alone, the fifth does not.
    const std::vector<double> e{130, 90, 55, 21, 20, 3, 1, .4, .2, .1};
    EXPECT_THAT(e_bh(e, .1),
                ElementsAre(true, true, true, true, true, false, false, false, false, false));
}

}  // namespace
}  // namespace plimsoll::analyse
