#include "analyse/stats/moments.h"

#include <gtest/gtest.h>

namespace plimsoll::analyse {
namespace {

TEST(Moments, keep_a_small_variance_on_a_large_mean) {
    // 1e9 + {4, 7, 13, 16}: mean 1e9 + 10, variance 30 (the example everybody uses). Sums of
    // squares lose it: 1e18 leaves steps of 128.
    Moments left, right;
    for (const double x : {4, 7}) left.add(1e9 + x);
    for (const double x : {13, 16}) right.add(1e9 + x);
    left.merge(right);
    EXPECT_EQ(left.n, 4u);
    EXPECT_EQ(left.mean, 1e9 + 10);
    EXPECT_EQ(left.variance(), 30);
}

TEST(Moments, nothing_merges_to_nothing) {
    Moments none, one;
    none.merge(Moments());
    EXPECT_EQ(none, Moments());
    one.add(3);
    none.merge(one);
    EXPECT_EQ(none, one);
}

}  // namespace
}  // namespace plimsoll::analyse
