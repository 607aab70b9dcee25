#include "analyse/comparison/exceedance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "analyse/comparison/proportions.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

std::string user(std::uint64_t i) {
    return "u" + std::to_string(i);
}

TEST(Exceedance, of_the_baseline_itself_is_a_twentieth) {
    Exceedance baseline(950);
    for (int i = 1; i <= 1000; ++i) baseline.add(i, user(i));
    const auto share = baseline.share(1000);
    EXPECT_EQ(share->value, .05);
    EXPECT_TRUE(share->interval.contains(.04));
    EXPECT_EQ(baseline.sums().all.n, 1000u);
    EXPECT_FALSE(Exceedance(950).share());
}

TEST(Exceedance, shards_merge_to_the_whole) {
    Exceedance whole(2), one(2), other(2);
    for (int i = 0; i < 400; ++i) {
        const double value = i % 17 == 0 ? 3 : 1;
        whole.add(value, user(i));
        (i % 3 == 0 ? one : other).add(value, user(i));
    }
    one.merge(other);
    EXPECT_EQ(one.share()->value, whole.share()->value);
    EXPECT_EQ(one.share()->interval, whole.share()->interval);
}

TEST(Exceedance, a_slower_version_is_seen_and_the_same_is_not) {
    CounterRandom dice(5);
    const auto period = [&](double factor) {
        Exceedance values(1.9);
        for (int i = 0; i < 6000; ++i) values.add(factor * (1 + dice.uniform()), user(i));
        return values;
    };
    const Exceedance before = period(1), same = period(1), slower = period(1.05);
    const auto nothing = exceedance_change(before, same),
               change = exceedance_change(before, slower);
    EXPECT_TRUE(nothing->interval.contains(0));
    // 1.05 (1 + u) > 1.9 where u > 0.809…, so the share goes from .1 to .1905.
    EXPECT_TRUE(change->interval.contains(.0905)) << change->value;
    EXPECT_GT(change->interval.low, .05);
    EXPECT_FALSE(exceedance_change(before, Exceedance(1.9)));
}

TEST(Exceedance, users_who_are_slow_together_count_as_few) {
    Exceedance alone(1), together(1);
    for (int i = 0; i < 6400; ++i) {
        alone.add(i % 20 == 0 ? 2 : 1, user(i));
        together.add(i / 16 % 20 == 0 ? 2 : 1, user(i / 16));
    }
    EXPECT_EQ(alone.share()->value, together.share()->value);
    EXPECT_LT(together.share(400)->effective_count, alone.share(6400)->effective_count / 4);
}

}  // namespace
}  // namespace plimsoll::analyse
