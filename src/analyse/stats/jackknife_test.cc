#include "analyse/stats/jackknife.h"

#include <gtest/gtest.h>

#include <vector>

#include "analyse/stats/kernel_vectors.h"
#include "analyse/stats/weighted_sums.h"

namespace plimsoll::analyse {
namespace {

TEST(Jackknife, of_a_plain_mean_is_the_textbook_variance) {
    std::vector<WeightedSums> buckets(5);
    const double y[] = {.1, .4, .4, .7, .9};
    for (std::size_t i = 0; i < 5; ++i) buckets[i].add(1, y[i]);
    const auto result =
        jackknife<WeightedSums>(buckets, [](const WeightedSums& sums) { return sums.mean(); });
    EXPECT_NEAR(result->value, 0.5, 1e-15);
    // sum (y - .5)^2 / (4 * 5) = (.16 + .01 + .01 + .04 + .16) / 20, by hand.
    EXPECT_NEAR(result->variance, 0.019, 1e-15);
}

TEST(Jackknife, leaves_out_one_bucket_at_a_time) {
    // The four buckets of TV-0.1 against the sums without each bucket, by subtraction.
    std::vector<WeightedSums> buckets(4);
    WeightedSums all;
    for (std::size_t i = 0; i < 8; ++i) {
        buckets[i % 4].add(1 / tv_2_3_inclusion[i], tv_2_3_y[i]);
        all.add(1 / tv_2_3_inclusion[i], tv_2_3_y[i]);
    }
    const auto result =
        jackknife<WeightedSums>(buckets, [](const WeightedSums& sums) { return sums.mean(); });
    double mean = 0, squares = 0;
    for (std::size_t g = 0; g < 4; ++g) {
        const double without = (all.wy - buckets[g].wy) / (all.w - buckets[g].w);
        EXPECT_NEAR(result->without[g], without, 1e-14);
        mean += without / 4;
    }
    for (const double without : result->without) squares += (without - mean) * (without - mean);
    EXPECT_NEAR(result->variance, 0.75 * squares, 1e-15);
}

TEST(Jackknife, says_so_when_a_bucket_holds_all_there_is) {
    std::vector<WeightedSums> buckets(4);
    buckets[2].add(1, 1);
    EXPECT_FALSE(
        jackknife<WeightedSums>(buckets, [](const WeightedSums& sums) { return sums.mean(); }));
}

}  // namespace
}  // namespace plimsoll::analyse
