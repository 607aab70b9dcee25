#include "analyse/attribution/replay.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

// docs/statistics/7-attribution.md, TV-7.2. Bits: model, prompt, rubric.
const std::vector<double> tv_7_2 = {.940, .935, .930, .890, .941, .936, .929, .885};

TEST(Shapley, agrees_with_TV_7_2) {
    const std::vector<double> shares = shapley(tv_7_2);
    EXPECT_NEAR(shares[0], -.0238333333, 5e-11);
    EXPECT_NEAR(shares[1], -.0298333333, 5e-11);
    EXPECT_NEAR(shares[2], -.0013333333, 5e-11);
    EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.), -.055, 1e-15);
    EXPECT_NEAR(interaction(tv_7_2, 0, 1), -.035, 1e-15);
}

/// The mean over all orders of switching of what an element adds when its turn comes.
std::vector<double> over_all_orders(const std::vector<double>& v, std::size_t k) {
    std::vector<std::size_t> order(k);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> sums(k);
    double orders = 0;
    do {
        std::size_t set = 0;
        for (const std::size_t j : order) {
            sums[j] += v[set | std::size_t{1} << j] - v[set];
            set |= std::size_t{1} << j;
        }
        ++orders;
    } while (std::ranges::next_permutation(order).found);
    for (double& sum : sums) sum /= orders;
    return sums;
}

TEST(Shapley, is_the_mean_over_all_orders_and_adds_up) {
    CounterRandom dice(72);
    for (std::size_t k = 1; k <= replay_elements_max; ++k) {
        std::vector<double> v(std::size_t{1} << k);
        for (double& value : v) value = dice.uniform();
        const std::vector<double> shares = shapley(v), orders = over_all_orders(v, k);
        for (std::size_t j = 0; j < k; ++j) EXPECT_NEAR(shares[j], orders[j], 1e-14);
        EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.), v.back() - v.front(), 1e-14);
    }
}

TEST(Shapley, does_not_depend_on_the_names_and_gives_nothing_for_nothing) {
    std::vector<double> swapped = tv_7_2;  // Model and prompt change places.
    std::swap(swapped[1], swapped[2]);
    std::swap(swapped[5], swapped[6]);
    EXPECT_EQ(shapley(swapped)[0], shapley(tv_7_2)[1]);
    EXPECT_EQ(shapley(swapped)[1], shapley(tv_7_2)[0]);
    EXPECT_EQ(shapley(std::vector<double>{.9, .8, .9, .8})[1], 0);
}

std::vector<ReplayedInput> inputs(std::uint32_t n, std::uint32_t per_cluster) {
    CounterRandom dice(73);
    std::vector<ReplayedInput> result;
    for (std::uint32_t i = 0; i < n; ++i) {
        const double hard = dice.uniform();  // The same input is hard for all combinations.
        ReplayedInput input{.cluster = i / per_cluster};
        for (const double v : tv_7_2) input.by_combination.push_back(hard < v ? 1 : 0);
        result.push_back(input);
    }
    return result;
}

const std::vector<std::string> elements = {"model", "prompt", "rubric"};

TEST(Replay, effects_with_intervals_add_up_to_the_change) {
    const auto result = replay(inputs(4000, 1), elements);
    ASSERT_TRUE(result);
    double sum = 0;
    for (const ReplayEffect& effect : result->effects) sum += effect.effect.value;
    EXPECT_NEAR(sum, result->change.value, 1e-12);
    const std::vector<double> truth = shapley(tv_7_2);
    for (std::size_t e = 0; e < 3; ++e) {
        EXPECT_TRUE(result->effects[e].effect.interval.contains(truth[e])) << e;
    }
    ASSERT_EQ(result->interactions.size(), 3u);
    EXPECT_TRUE(result->interactions[0].matters);
    EXPECT_TRUE(result->interactions[0].size.interval.contains(-.035));
    EXPECT_EQ(result->interactions[0].second, "prompt");
}

TEST(Replay, smaller_changes_take_more_inputs) {
    // (1.96 + 1.645)^2 = 12.995, times .11 / .06^2 and .08 / .03^2.
    EXPECT_EQ(replay_inputs(-.06), 398u);
    EXPECT_EQ(replay_inputs(.03), 1156u);
}

TEST(Replay, clusters_of_the_same_user_are_not_more_evidence) {
    std::vector<ReplayedInput> once = inputs(300, 1), thrice;
    for (const ReplayedInput& input : once) thrice.insert(thrice.end(), 3, input);
    const auto a = replay(once, elements), b = replay(thrice, elements);
    EXPECT_NEAR(a->effects[0].effect.standard_error, b->effects[0].effect.standard_error, 1e-12);
    EXPECT_FALSE(replay(inputs(90, 10), elements));
}

}  // namespace
}  // namespace plimsoll::analyse
