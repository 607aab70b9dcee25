#include "analyse/attribution/kitagawa.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

SlicePeriod period(double traffic, int judged, double mean) {
    SlicePeriod result{.traffic = traffic};
    const auto passed = static_cast<int>(std::lround(judged * mean));
    for (int i = 0; i < judged; ++i) result.judged.add(1, i < passed);
    return result;
}

// docs/statistics/7-attribution.md, TV-7.1: everything judged, 5000 in each period.
std::vector<SliceTwice> tv_7_1() {
    return {{"a", period(2500, 2500, .96), period(2000, 2000, .95)},
            {"b", period(1500, 1500, .92), period(1500, 1500, .85)},
            {"c", period(1000, 1000, .90), period(1500, 1500, .90)}};
}

TEST(Kitagawa, agrees_with_TV_7_1) {
    const auto parts = mix_and_within(tv_7_1());
    ASSERT_TRUE(parts);
    EXPECT_NEAR(parts->change.value, -.031, 1e-12);
    EXPECT_NEAR(parts->within.value, -.0255, 1e-12);
    EXPECT_NEAR(parts->mix.value, -.0055, 1e-12);
    EXPECT_EQ(parts->turnover.value, 0);
    EXPECT_NEAR(parts->within.standard_error, .00541856, 5e-9);
    EXPECT_NEAR(parts->mix.standard_error, .00093660, 5e-9);
    const double within[] = {-.0045, -.021, 0}, mix[] = {-.00345, 0, -.00205};
    for (int s = 0; s < 3; ++s) {
        EXPECT_NEAR(parts->terms[s].within, within[s], 1e-12);
        EXPECT_NEAR(parts->terms[s].mix, mix[s], 1e-12);
    }
}

double sum_of(const MixAndWithin& parts) {
    return parts.within.value + parts.mix.value + parts.turnover.value;
}

TEST(Kitagawa, whatever_the_slices_the_parts_add_up) {
    CounterRandom dice(71);
    for (int round = 0; round < 200; ++round) {
        std::vector<SliceTwice> slices;
        const std::uint32_t count = 1 + dice.below(6);
        for (std::uint32_t s = 0; s < count; ++s) {
            const auto some = [&] {
                const std::uint32_t n = dice.below(4) == 0 ? 0 : dice.below(60);
                return n == 0 ? SlicePeriod{} : period(n * 3, static_cast<int>(n), dice.uniform());
            };
            slices.push_back({std::to_string(s), some(), some()});
        }
        const auto parts = mix_and_within(slices);
        if (!parts) continue;
        EXPECT_NEAR(sum_of(*parts), parts->change.value, 1e-12);
        double terms = 0;
        for (const SliceTerm& term : parts->terms) terms += term.within + term.mix + term.turnover;
        EXPECT_NEAR(terms, parts->change.value, 1e-12);
        std::ranges::reverse(slices);
        const auto permuted = mix_and_within(slices);
        ASSERT_TRUE(permuted);
        EXPECT_NEAR(permuted->within.value, parts->within.value, 1e-12);
        EXPECT_NEAR(permuted->mix.standard_error, parts->mix.standard_error, 1e-12);
        for (SliceTwice& slice : slices) std::swap(slice.before, slice.after);
        const auto backward = mix_and_within(slices);
        ASSERT_TRUE(backward);
        EXPECT_NEAR(backward->within.value, -parts->within.value, 1e-12);
        EXPECT_NEAR(backward->mix.value, -parts->mix.value, 1e-12);
        EXPECT_NEAR(backward->turnover.value, -parts->turnover.value, 1e-12);
    }
}

TEST(Kitagawa, traffic_that_is_new_is_neither_mix_nor_behavior) {
    const std::vector<SliceTwice> slices = {{"a", period(900, 900, .9), period(900, 900, .9)},
                                            {"b", period(100, 100, .5), period(100, 100, .5)},
                                            {"new", {}, period(1000, 1000, .4)}};
    const auto parts = mix_and_within(slices);
    EXPECT_EQ(parts->within.value, 0);
    EXPECT_NEAR(parts->change.value, (.86 + .4) / 2 - .86, 1e-12);
    // Mean of before and after: .745. The old slices lost half of their shares.
    EXPECT_NEAR(parts->turnover.value, .5 * (.4 - .745), 1e-12);
    EXPECT_NEAR(parts->mix.value, -.45 * (.9 - .745) - .05 * (.5 - .745), 1e-12);
}

TEST(Kitagawa, slices_with_few_judgements_are_taken_together) {
    std::vector<SliceTwice> slices = tv_7_1();
    slices.push_back({"x", period(10, 6, .5), period(10, 20, .5)});
    slices.push_back({"y", period(10, 7, .5), period(10, 1, 1)});
    const auto parts = mix_and_within(slices);
    ASSERT_EQ(parts->terms.size(), 4u);
    EXPECT_EQ(parts->terms.back().name, "others");
    // Too few even together: the smallest slice that has a mean helps out.
    slices.pop_back();
    EXPECT_EQ(mix_and_within(slices)->terms.size(), 3u);
    EXPECT_FALSE(mix_and_within(std::span(slices).last(1)));
    EXPECT_FALSE(mix_and_within(std::span(slices).first(0)));
}

TEST(Kitagawa, leaving_out_buckets_knows_of_clusters) {
    CounterRandom dice(72);
    std::vector<std::vector<SliceTwice>> alone(64), together(64);
    for (std::vector<SliceTwice>* buckets : {alone.data(), together.data()}) {
        for (int g = 0; g < 64; ++g) buckets[g] = {{.name = "a"}, {.name = "b"}};
    }
    std::vector<SliceTwice> all = {{.name = "a"}, {.name = "b"}};
    const auto add = [](SlicePeriod& period, bool passes) {
        period.traffic += 1;
        period.judged.add(1, passes);
    };
    for (int session = 0; session < 3200; ++session) {
        const std::uint32_t s = dice.below(2), bucket = dice.below(64);
        const bool passes = dice.uniform() < (s == 0 ? .9 : .7), later = session >= 1600;
        const auto side = [&](std::vector<SliceTwice>& slices) -> SlicePeriod& {
            return later ? slices[s].after : slices[s].before;
        };
        add(side(all), passes);
        add(side(alone[bucket]), passes);
        for (int i = 0; i < 9; ++i) add(side(together[bucket]), passes);
    }
    const auto closed = mix_and_within(all), left_out = mix_and_within(alone);
    ASSERT_TRUE(left_out);
    EXPECT_NEAR(left_out->within.value, closed->within.value, 1e-12);
    const auto near = [](double a, double b) { return std::abs(a / b - 1) < .3; };
    EXPECT_TRUE(near(left_out->within.standard_error, closed->within.standard_error));
    EXPECT_TRUE(near(left_out->mix.standard_error, closed->mix.standard_error));
    // Nine times the same says no more than once.
    EXPECT_NEAR(mix_and_within(together)->within.standard_error, left_out->within.standard_error,
                1e-9);
}

}  // namespace
}  // namespace plimsoll::analyse
