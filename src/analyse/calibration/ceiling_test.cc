#include "analyse/calibration/ceiling.h"

#include <gtest/gtest.h>

#include "analyse/calibration/matthews.h"

namespace plimsoll::analyse {
namespace {

/// The table of two raters whose errors are independent given the truth.
Confusion raters(double prevalence, double se1, double sp1, double se2, double sp2) {
    const double p = prevalence, q = 1 - prevalence;
    return {p * se1 * se2 + q * (1 - sp1) * (1 - sp2), p * se1 * (1 - se2) + q * (1 - sp1) * sp2,
            p * (1 - se1) * se2 + q * sp1 * (1 - sp2), p * (1 - se1) * (1 - se2) + q * sp1 * sp2};
}

TEST(Ceiling, gives_back_the_agreement_with_the_truth) {  // docs/statistics/1-agreement.md, TV-1.7
    const double jt = *matthews(raters(.2, .85, .95, 1, 1));
    const double ht = *matthews(raters(.2, .9, .97, 1, 1));
    const double jh = *matthews(raters(.2, .85, .95, .9, .97));
    const double hh = *matthews(raters(.2, .9, .97, .9, .97));
    EXPECT_NEAR(jt, .785646, 5e-7);
    EXPECT_NEAR(ht, .863590, 5e-7);
    EXPECT_NEAR(jh, .678476, 5e-7);
    EXPECT_NEAR(hh, .745788, 5e-7);
    EXPECT_NEAR(jh, jt * ht, 1e-12);
    EXPECT_NEAR(ceiling_of(jh, hh)->against_truth, jt, 1e-12);
    EXPECT_NEAR(ceiling_of(.6, .6)->judge_max, .775, 5e-4);
}

// Annotators right 90% of the time, 30% failures: one agrees .774 with the truth, a majority of
// three .934 (it errs 2.8% of the time). docs/statistics/1-agreement.md
TEST(Ceiling, rises_with_a_majority_of_three) {
    EXPECT_NEAR(*matthews(raters(.3, .9, .9, 1, 1)), .774, 2e-3);
    const double right = .9 * .9 * .9 + 3 * .9 * .9 * .1;
    EXPECT_NEAR(*matthews(raters(.3, right, right, 1, 1)), .934, 1e-3);
}

TEST(Ceiling, is_cut_at_one_and_needs_people_who_agree) {
    EXPECT_TRUE(ceiling_of(.9, .64)->passes_one);
    EXPECT_EQ(ceiling_of(.9, .64)->against_truth, 1);
    EXPECT_FALSE(ceiling_of(.3, 0));
}

}  // namespace
}  // namespace plimsoll::analyse
