#include "analyse/gate/tango.h"

#include <gtest/gtest.h>

namespace plimsoll::analyse {
namespace {

TEST(Tango, agrees_with_TV_10_1) {  // docs/statistics/10-gate.md
    const Interval airway = tango_interval({1, 7, 21});
    EXPECT_NEAR(airway.low, -.5172322764, 5e-11);
    EXPECT_NEAR(airway.high, -.0260030325, 5e-11);
    const Interval second = tango_interval({12, 9, 43});
    EXPECT_NEAR(second.low, -.1410179709, 5e-11);
    EXPECT_NEAR(second.high, .2742229371, 5e-11);
    const Interval third = tango_interval({14, 22, 400}, z_95_one_sided);
    EXPECT_NEAR(third.low, -.0458364216, 5e-11);
    EXPECT_NEAR(third.high, .0048330667, 5e-11);
}

TEST(Tango, without_a_disagreement_the_limits_are_z2_over_n_plus_z2) {  // By hand; +-.006718
    const Interval none = tango_interval({0, 0, 400}, z_95_one_sided);
    const double z2 = z_95_one_sided * z_95_one_sided;
    EXPECT_NEAR(none.high, z2 / (400 + z2), 1e-12);
    EXPECT_NEAR(none.low, -.006718, 5e-7);
}

TEST(Tango, everything_worse_still_has_an_interval) {
    const Interval worse = tango_interval({0, 20, 20});
    EXPECT_EQ(worse.low, -1);
    EXPECT_GT(worse.high, -1);
    EXPECT_LT(worse.high, -.5);
}

}  // namespace
}  // namespace plimsoll::analyse
