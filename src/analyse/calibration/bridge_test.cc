#include "analyse/calibration/bridge.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll::analyse {
namespace {

TEST(Bridge, sizes) {  // docs/statistics/6-judge-drift.md
    EXPECT_EQ(bridge_sessions(.06, .02), 577u);
    EXPECT_EQ(bridge_sessions(.06, .01), 2305u);
}

TEST(Bridge, of_577_sessions_with_6_percent_flips_is_within_two_points) {
    Bridge first, second;
    for (int i = 0; i < 577; ++i) {
        const bool flip = i % 17 == 0;  // 34 flips, two of three downward.
        const double before = flip && i % 51 != 0 ? 1 : flip ? 0 : 1;
        (i % 2 == 0 ? first : second)
            .add(before, flip ? 1 - before : before, "session " + std::to_string(i));
    }
    first.merge(second);
    const auto shift = first.shift(577);
    EXPECT_NEAR(shift->flip_rate, 34. / 577, 1e-12);
    EXPECT_NEAR(shift->shift.value, (12. - 22.) / 577, 1e-12);
    EXPECT_NEAR(shift->shift.interval.width() / 2, .02, .004);
    EXPECT_EQ(shift->scored, 577u);
}

TEST(Bridge, of_few_sessions_says_so) {
    Bridge bridge;
    EXPECT_FALSE(bridge.shift());
    bridge.add(1, 0, "one");
    EXPECT_FALSE(bridge.shift());
}

}  // namespace
}  // namespace plimsoll::analyse
