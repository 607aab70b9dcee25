#include "analyse/attribution/rollouts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

constexpr std::size_t days = 6, slices = 2;
using Names = std::vector<std::string>;

/// 40 scores a day, slice and bucket; `is_new(day, bucket)` says what runs for whom. Scores are
/// exactly .8, less .1 on day 3, less .2 in slice 1, plus the effects.
RolloutSums exact(const Names& elements, const std::vector<double>& effects,
                  const std::function<std::uint32_t(std::size_t, std::size_t)>& is_new) {
    RolloutSums sums(days, slices, elements);
    for (std::size_t day = 0; day < days; ++day) {
        for (std::size_t slice = 0; slice < slices; ++slice) {
            for (std::size_t g = 0; g < series_buckets; ++g) {
                double mean = .8 - (day == 3 ? .1 : 0) - (slice == 1 ? .2 : 0);
                const std::uint32_t on = is_new(day, g);
                for (std::size_t e = 0; e < effects.size(); ++e)
                    mean += (on >> e & 1) ? effects[e] : 0;
                sums.add(day, slice, on, 40, 40 * mean, g);
            }
        }
    }
    return sums;
}

TEST(Rollouts, a_canary_beside_its_predecessor_is_measured_despite_bad_days) {
    const auto effects =
        exact({"model", "prompt"}, {-.05, .01}, [](std::size_t day, std::size_t g) {
            const bool model = day >= 4 || (day >= 2 && g % 4 == 0);
            const bool prompt = day >= 5 || (day >= 3 && g % 8 < 4);
            return std::uint32_t{model} | std::uint32_t{prompt} << 1;
        }).fit(3, 3);
    ASSERT_EQ(effects.size(), 2u);
    EXPECT_EQ(effects[0].elements, Names{"model"});
    ASSERT_TRUE(effects[0].effect) << effects[0].effect.why();
    EXPECT_NEAR(effects[0].effect->value, -.05, 1e-10);
    EXPECT_NEAR(effects[1].effect->value, .01, 1e-10);
    // New after day 3: a quarter of day 3 and all of two days; before: a quarter of day 2.
    EXPECT_NEAR(effects[0].exposure, 2.25 / 3 - .25 / 3, 1e-12);
    EXPECT_NEAR(effects[0].contribution().value, -.05 * 2 / 3, 1e-10);
}

TEST(Rollouts, what_was_switched_together_comes_back_as_one_set) {
    const auto effects =
        exact({"prompt", "tools", "model"}, {-.03, .02, -.02}, [](std::size_t day, std::size_t g) {
            const bool both = day >= 4 || (day >= 2 && g % 4 == 0);
            const bool tools = day >= 3 && g % 2 == 0;
            return std::uint32_t{both} | std::uint32_t{tools} << 1 | std::uint32_t{both} << 2;
        }).fit(3, 3);
    ASSERT_EQ(effects.size(), 2u);
    EXPECT_EQ(effects[0].elements, (Names{"prompt", "model"}));
    EXPECT_NEAR(effects[0].effect->value, -.05, 1e-10) << "together";
    EXPECT_EQ(effects[1].elements, Names{"tools"});
    EXPECT_NEAR(effects[1].effect->value, .02, 1e-10);
}

TEST(Rollouts, what_never_ran_beside_its_predecessor_has_no_effect_to_show) {
    const auto effects =
        exact({"model", "prompt"}, {-.05, .01}, [](std::size_t day, std::size_t g) {
            return std::uint32_t{day >= 3} | std::uint32_t{g % 2 == 0} << 1;
        }).fit(3, 3);
    EXPECT_EQ(effects[0].effect.why(), "old and new never ran side by side");
    EXPECT_EQ(effects[0].exposure, 1);
    EXPECT_NEAR(effects[1].effect->value, .01, 1e-10);
}

TEST(Rollouts, three_elements_of_which_one_is_on_when_either_other_is_are_one_set) {
    // tools = model + prompt, which never overlap: what all three do together was never seen.
    const auto effects =
        exact({"model", "prompt", "tools"}, {-.05, .01, .02}, [](std::size_t, std::size_t g) {
            const bool model = g % 4 == 0, prompt = g % 4 == 1;
            return std::uint32_t{model} | std::uint32_t{prompt} << 1 |
                   std::uint32_t{model || prompt} << 2;
        }).fit(3, 3);
    ASSERT_EQ(effects.size(), 1u);
    EXPECT_EQ(effects[0].elements.size(), 3u);
    EXPECT_FALSE(effects[0].effect);
}

TEST(Rollouts, the_interval_is_as_wide_as_the_noise_and_shards_merge) {
    const auto shard = [](std::uint64_t key) {
        CounterRandom dice(7, key);
        RolloutSums sums(days, slices, {"model"});
        for (int i = 0; i < 3000; ++i) {
            const std::size_t day = dice.below(days), slice = dice.below(slices);
            const std::size_t bucket = dice.below(series_buckets);
            const bool is_new = day >= 2 && dice.below(2) == 0;
            sums.add(day, slice, is_new, 1, dice.uniform() < (is_new ? .85 : .90), bucket);
        }
        return sums;
    };
    RolloutSums one = shard(1), other = shard(2);
    one.merge(other);
    const auto effect = one.fit(3, 3)[0].effect;
    // Days 2 … 5 compare 2000 with 2000: sqrt(.1275 / 2000 + .09 / 2000), some more for the days.
    EXPECT_NEAR(effect->standard_error, .0104, .002);
    EXPECT_TRUE(effect->interval.contains(-.05));
    other.merge(shard(1));
    EXPECT_NEAR(other.fit(3, 3)[0].effect->value, effect->value, 1e-12);
}

}  // namespace
}  // namespace plimsoll::analyse
