#include "base/permanent_random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace plimsoll {
namespace {

TEST(PermanentRandom, hashes_agree_with_the_published_values) {
    EXPECT_EQ(fnv1a64(""), 0xcbf29ce484222325);
    EXPECT_EQ(fnv1a64("a"), 0xaf63dc4c8601ec8c);
    EXPECT_EQ(splitmix64(0), 0xe220a8397b1dcdaf);
}

TEST(PermanentRandom, agrees_with_TV_2_1) {  // docs/statistics.md, TV-2.1
    const std::string id = "4bf92f3577b34da6a3ce929d0e0e4736";
    EXPECT_EQ(fnv1a64(id, fnv1a64("\x1f", fnv1a64("prn-1"))), 0xb5cb42da806f3319);
    EXPECT_EQ(permanent_bits("prn-1", id), 0x8a98fc082e6b7007);
    EXPECT_EQ(permanent_random("prn-1", id), 0.54139685821284700);
    EXPECT_EQ(permanent_random("prn-1", "00000000000000000000000000000001"), 0.64240850640149716);
    EXPECT_EQ(permanent_random("prn-2", id), 0.86483498770373179);
}

TEST(PermanentRandom, fills_the_unit_interval_evenly) {
    // TV-2.1: 200,000 ids "trace-0", "trace-1", … in 100 bins have chi-square 107.77 on 99 degrees.
    std::vector<double> count(100);
    for (int i = 0; i < 200'000; ++i) {
        const double u = permanent_random("prn-1", "trace-" + std::to_string(i));
        ++count[std::min<std::size_t>(99, static_cast<std::size_t>(u * 100))];
    }
    double chi_square = 0;
    for (const double n : count) chi_square += (n - 2000) * (n - 2000) / 2000;
    EXPECT_NEAR(chi_square, 107.77, 0.005);
}

}  // namespace
}  // namespace plimsoll
