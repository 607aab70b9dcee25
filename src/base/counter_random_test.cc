#include "base/counter_random.h"

#include <gtest/gtest.h>

#include <vector>

namespace plimsoll {
namespace {

using Block = std::array<std::uint32_t, 4>;

TEST(CounterRandom, agrees_with_the_known_answers_of_philox) {  // Random123's kat_vectors
    EXPECT_EQ(philox4x32({}, {}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(philox4x32({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}),
              (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(
        philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
        (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(CounterRandom, streams_are_repeatable_and_differ) {
    CounterRandom a(7, 1), b(7, 1), c(7, 2);
    const std::uint64_t first = a.bits();
    EXPECT_EQ(first, b.bits());
    EXPECT_NE(first, c.bits());
}

TEST(CounterRandom, below_is_fair_where_a_plain_remainder_is_not) {
    // 3 * 2^30 of 2^32 words: without rejection the first third would come up twice as often.
    CounterRandom dice(11);
    const std::uint32_t n = 3u << 30;
    int low = 0;
    for (int i = 0; i < 30'000; ++i) low += dice.below(n) < n / 3;
    EXPECT_NEAR(low, 10'000, 400);  // 5 standard deviations are 408
}

}  // namespace
}  // namespace plimsoll
