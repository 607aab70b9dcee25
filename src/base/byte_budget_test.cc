#include "base/byte_budget.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace plimsoll {
namespace {

TEST(ByteBudget, gives_back_what_a_reservation_held) {
    ByteBudget budget(100);
    {
        const auto first = budget.reserve(60);
        ASSERT_TRUE(first);
        EXPECT_EQ(budget.used(), 60u);
        EXPECT_FALSE(budget.reserve(41));
        EXPECT_TRUE(budget.reserve(40));  // And at once given back.
    }
    EXPECT_EQ(budget.used(), 0u);
}

TEST(ByteBudget, a_reservation_moves_and_gives_back_once) {
    ByteBudget budget(100);
    auto first = std::move(*budget.reserve(30));
    auto second = std::move(*budget.reserve(20));
    first = std::move(second);
    EXPECT_EQ(budget.used(), 20u);
    EXPECT_EQ(first.bytes(), 20u);
    EXPECT_EQ(second.bytes(), 0u);
    ByteBudget::Reservation& same = first;
    first = std::move(same);
    EXPECT_EQ(budget.used(), 20u);
    EXPECT_EQ(first.bytes(), 20u);
}

TEST(ByteBudget, resizing_over_the_budget_changes_nothing) {
    ByteBudget budget(100);
    auto held = std::move(*budget.reserve(10));
    EXPECT_TRUE(held.resize(100));
    EXPECT_FALSE(held.resize(101));
    EXPECT_EQ(held.bytes(), 100u);
    EXPECT_TRUE(held.resize(5));
    EXPECT_EQ(budget.used(), 5u);
    ByteBudget::Reservation none;
    EXPECT_TRUE(none.resize(0));
    EXPECT_FALSE(none.resize(1));
}

TEST(ByteBudget, A02_a_claimed_length_near_the_largest_number_is_refused) {
    ByteBudget budget(100);
    auto held = budget.reserve(1);
    EXPECT_FALSE(budget.reserve(SIZE_MAX));
    EXPECT_FALSE(held->resize(SIZE_MAX));
    EXPECT_EQ(budget.used(), 1u);
}

TEST(ByteBudget, threads_never_hold_more_than_it_all_together) {
    ByteBudget budget(10);
    std::atomic<std::size_t> held{0};
    std::atomic<bool> passed{false};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 5'000; ++round) {
                if (auto reservation = budget.reserve(4)) {
                    if (held.fetch_add(4) + 4 > 10) passed = true;
                    held -= 4;
                }
            }
        });
    }
    threads.clear();
    EXPECT_FALSE(passed);
    EXPECT_EQ(budget.used(), 0u);
}

}  // namespace
}  // namespace plimsoll
