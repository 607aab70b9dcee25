#include "analyse/attribution/judge_or_behavior.h"

#include <gtest/gtest.h>

#include <cmath>

namespace plimsoll::analyse {
namespace {

Estimate about(double value, double error) {
    return {value, error, {value - 1.96 * error, value + 1.96 * error}};
}

TEST(JudgeOrBehavior, the_parts_add_up_by_either_way) {
    const Estimate change = about(-.05, .006);
    for (const JudgeEvidence& evidence :
         {JudgeEvidence{.shift_on_new = about(-.04, .008)},
          JudgeEvidence{.shift_on_old = about(-.03, .01)},
          JudgeEvidence{.shift_on_new = about(-.04, .008), .shift_on_old = about(-.03, .01)},
          JudgeEvidence{.human_before = about(.93, .01), .human_after = about(.92, .01)}}) {
        const auto parts = judge_and_behavior(change, evidence);
        ASSERT_TRUE(parts);
        EXPECT_NEAR(parts->judge.value + parts->behavior.value, change.value, 1e-15);
        EXPECT_GT(parts->behavior.standard_error, change.standard_error);
    }
}

TEST(JudgeOrBehavior, two_orders_are_averaged) {
    const auto parts = judge_and_behavior(
        about(-.05, .006), {.shift_on_new = about(-.04, .008), .shift_on_old = about(-.03, .006)});
    EXPECT_NEAR(parts->judge.value, -.035, 1e-15);
    EXPECT_NEAR(parts->judge.standard_error, .005, 1e-15);
    EXPECT_NEAR(parts->behavior.standard_error, std::hypot(.005, .006), 1e-15);
    EXPECT_EQ(parts->by, "a bridge between the judges");
}

TEST(JudgeOrBehavior, with_nothing_to_compare_no_figure_for_behavior_is_given) {
    EXPECT_FALSE(judge_and_behavior(about(-.05, .006), {}));
    EXPECT_FALSE(judge_and_behavior(about(-.05, .006), {.human_after = about(.9, .01)}));
}

}  // namespace
}  // namespace plimsoll::analyse
