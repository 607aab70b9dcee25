#include "analyse/calibration/mcnemar.h"

#include <gtest/gtest.h>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {
namespace {

TEST(McNemar, agrees_with_published_values) {  // docs/statistics/6-judge-drift.md, TV-6.1
    EXPECT_NEAR(mcnemar_exact_p({1, 7}), 9. / 128, 1e-14);
    EXPECT_NEAR(*mcnemar_mid_p({1, 7}), .0390625, 1e-14);
    EXPECT_NEAR(mcnemar_chi_square({1, 7}), 4.5, 1e-14);
    EXPECT_NEAR(chi_square_survival(4.5, 1), .033895, 5e-7);
    EXPECT_NEAR(chi_square_survival(mcnemar_chi_square({1, 7}, true), 1), .077100, 5e-7);
    EXPECT_NEAR(mcnemar_exact_p({121, 59}), .000004, 5e-7);
    EXPECT_NEAR(mcnemar_exact_p({70, 59}), .378688, 5e-7);
    EXPECT_NEAR(mcnemar_exact_p({80, 59}), .089452, 5e-7);
    EXPECT_NEAR(mcnemar_exact_p({30, 60}), .002060, 5e-7);
    EXPECT_NEAR(mcnemar_exact_p({10, 30}), .002221, 5e-7);
    EXPECT_NEAR(mcnemar_chi_square({121, 59}), 21.35556, 5e-6);
}

TEST(McNemar, needs_five_flips_to_say_anything) {
    EXPECT_EQ(mcnemar_mid_p({4, 0}).why(), "fewer than five flips");
    EXPECT_LT(*mcnemar_mid_p({5, 0}), 0.05);  // 2^-5, by hand.
    EXPECT_EQ(*mcnemar_mid_p({3, 3}), 1);
}

}  // namespace
}  // namespace plimsoll::analyse
