#include "analyse/stats/repeated_trials.h"

#include <gtest/gtest.h>

#include <vector>

namespace plimsoll::analyse {
namespace {

// docs/statistics/11-repeated-trials.md, TV-11.1, by hand.
TEST(PassPower, is_the_share_of_draws_in_which_all_succeed) {
    const std::vector<TaskTrials> tasks{{4, 3}, {4, 4}, {4, 1}, {4, 0}};
    EXPECT_DOUBLE_EQ(pass_power(tasks, 1)->value, (0.75 + 1 + 0.25 + 0) / 4);
    EXPECT_DOUBLE_EQ(pass_power(tasks, 2)->value, (0.5 + 1) / 4);  // C(3,2)/C(4,2) = 3/6
    EXPECT_DOUBLE_EQ(pass_power(tasks, 3)->value, (0.25 + 1) / 4);
    EXPECT_DOUBLE_EQ(pass_power(tasks, 4)->value, 0.25);
    EXPECT_EQ(pass_power(tasks, 5).why(), "no task has 5 trials");
    EXPECT_EQ(pass_power(tasks, 2)->interval.why(), "fewer than ten items");
}

TEST(PassPower, leaves_out_tasks_that_were_tried_too_seldom) {
    const std::vector<TaskTrials> tasks{{1, 1}, {3, 3}};
    const auto power = pass_power(tasks, 2);
    EXPECT_EQ(power->tasks, 1u);
    EXPECT_EQ(power->left_out, 1u);
    EXPECT_DOUBLE_EQ(power->value, 1.0);
}

TEST(PassPower, lies_within_its_interval) {
    std::vector<TaskTrials> tasks;
    for (std::uint32_t i = 0; i < 40; ++i) tasks.push_back({4, i % 5});
    const auto power = pass_power(tasks, 2);
    ASSERT_TRUE(power->interval);
    // By hand: 8 tasks each with c = 0 … 4: (0 + 0 + 1/6 + 1/2 + 1) / 5.
    EXPECT_NEAR(power->value, 1.0 / 3, 1e-12);
    EXPECT_LT(power->interval->low, 1.0 / 3);
    EXPECT_GT(power->interval->high, 1.0 / 3);
    EXPECT_GE(power->interval->low, 0.0);
    EXPECT_LE(power->interval->high, 1.0);
}

}  // namespace
}  // namespace plimsoll::analyse
