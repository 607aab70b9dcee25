#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "analyse/stats/quantile_limits.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

TEST(QuantileRanks, agree_with_TV_9_2) {  // docs/statistics/9-refusals-latency-cost.md
    struct Row {
        std::uint64_t n;
        double q;
        std::uint64_t low, high;
        double coverage;
    };
    for (const auto& [n, q, low, high, coverage] :
         {Row{1000, .95, 936, 964, .958095}, Row{1000, .99, 983, 997, .976095},
          Row{18000, .99, 17793, 17847, .956986}, Row{200, .95, 184, 197, .967152}}) {
        const QuantileRanks ranks = quantile_ranks(n, q);
        EXPECT_EQ(ranks.low, low);
        EXPECT_EQ(ranks.high, high);
        EXPECT_NEAR(ranks.coverage, coverage, 5e-7);
    }
    EXPECT_EQ(quantile_ranks(200, .99).low, 195u);
    EXPECT_FALSE(quantile_ranks(200, .99).high);
}

TEST(QuantileRanks, the_tail_has_an_upper_limit_from_72_and_368_values_on) {
    EXPECT_FALSE(quantile_ranks(71, .95).high);
    EXPECT_TRUE(quantile_ranks(72, .95).high);
    EXPECT_FALSE(quantile_ranks(367, .99).high);
    EXPECT_TRUE(quantile_ranks(368, .99).high);
}

TEST(QuantileRanks, clusters_spread_the_ranks) {
    const QuantileRanks ranks = quantile_ranks(1000, .95, .05, 4);  // 950 -+ 2 * 14
    EXPECT_EQ(ranks.low, 922u);
    EXPECT_EQ(ranks.high, 978u);
}

TEST(DDSketch, agrees_with_TV_9_3) {
    DDSketch sketch;
    struct Row {
        double value;
        int key;
        double representative;
    };
    for (const auto& [value, key, representative] :
         {Row{123.4, 241, 122.7451605268}, Row{850, 338, 854.2082452851},
          Row{2500, 392, 2515.4601126102}, Row{.5, -34, .5015394534}, Row{1, 0, .99}}) {
        EXPECT_EQ(sketch.key_of(value), key);
        EXPECT_NEAR(sketch.value_of(key), representative, 1e-10 * representative + 5e-11);
    }
    for (int i = 1; i <= 1000; ++i) sketch.add(i);
    EXPECT_EQ(sketch.bins(), 347u);  // Of keys 0 … 346; 200 of them are not empty.
    EXPECT_NEAR(*sketch.quantile(.5), 497.779401, 5e-7);
    EXPECT_NEAR(*sketch.quantile(.95), 944.049258, 5e-7);
    EXPECT_NEAR(*sketch.quantile(.99), 982.577949, 5e-7);
}

TEST(DDSketch, merges_in_any_order_to_the_sketch_of_all) {
    DDSketch all, parts[3];
    CounterRandom dice(9);
    for (int i = 0; i < 3000; ++i) {
        const double x = std::exp(12 * dice.uniform() - 6);
        all.add(x);
        parts[i % 3].add(x);
    }
    DDSketch forth = parts[0], back = parts[2];
    forth.merge(parts[1]);
    forth.merge(parts[2]);
    back.merge(parts[1]);
    back.merge(parts[0]);
    for (const double q : {0., .1, .5, .9, .99, 1.}) {
        EXPECT_EQ(*forth.quantile(q), *all.quantile(q));
        EXPECT_EQ(*back.quantile(q), *all.quantile(q));
    }
    EXPECT_EQ(forth.count(), 3000u);
}

TEST(DDSketch, too_many_bins_fall_together_at_the_low_end_only) {
    DDSketch few(.01, 100), all, low(.01, 100);
    for (int i = -50; i <= 50; ++i) {
        const double x = std::exp(.2 * i);
        few.add(x);
        all.add(x);
        (i < 0 ? low : few).merge(DDSketch(.01, 100));
        if (i < 0) low.add(x);
    }
    EXPECT_EQ(few.bins(), 100u);
    EXPECT_EQ(few.count(), 101u);
    EXPECT_EQ(*few.quantile(.99), *all.quantile(.99));
    EXPECT_GT(*few.quantile(.1), *all.quantile(.1));
    low.merge(few);
    EXPECT_EQ(low.bins(), 100u);
    EXPECT_EQ(low.count(), 151u);
}

TEST(DDSketch, nothing_and_zero) {
    DDSketch sketch;
    EXPECT_FALSE(sketch.quantile(.5));
    EXPECT_FALSE(quantile_estimate(sketch, .5));
    sketch.add(0, 3);
    sketch.add(5);
    EXPECT_EQ(*sketch.quantile(.5), 0);
    EXPECT_NEAR(*sketch.quantile(1), 5, .05);
    EXPECT_EQ(sketch.share_up_to(1), .75);
    EXPECT_EQ(sketch.share_up_to(6), 1);
}

TEST(DDSketch, the_interval_holds_the_ranks_it_names) {
    DDSketch sketch;
    for (int i = 1; i <= 1000; ++i) sketch.add(i);
    const auto p99 = quantile_estimate(sketch, .99);
    EXPECT_LE(p99->interval.low, 983);
    EXPECT_GE(p99->interval.low, 983 / 1.03);
    EXPECT_GE(p99->interval.high, 997);
    EXPECT_LE(p99->interval.high, 997 * 1.03);
}

TEST(DDSketch, buckets_of_clusters_that_are_slow_together_widen_the_interval) {
    std::vector<DDSketch> alone(64), together(64);
    CounterRandom dice(11);
    for (int i = 0; i < 6400; ++i) {
        const double x = std::exp(dice.uniform());
        alone[dice.below(64)].add(x);
        together[static_cast<std::size_t>(i / 100)].add(i / 100 % 8 == 0 ? 2 * x : x);
    }
    DDSketch all;
    for (const DDSketch& bucket : alone) all.merge(bucket);
    const double ignoring = quantile_estimate(all, .95)->interval.width();
    EXPECT_LT(quantile_estimate(alone, .95, 6400)->interval.width(), 1.5 * ignoring);
    EXPECT_GT(quantile_estimate(together, .95, 640)->interval.width(), 4 * ignoring);
    EXPECT_FALSE(quantile_estimate(alone, .95, 39));
    EXPECT_FALSE(quantile_estimate(std::vector<DDSketch>(64), .95));
}

}  // namespace
}  // namespace plimsoll::analyse
