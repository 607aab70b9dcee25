#include "analyse/stats/bootstrap.h"

#include <gtest/gtest.h>

namespace plimsoll::analyse {
namespace {

std::optional<double> mean_of(std::span<const double> values, std::span<const double> times) {
    double sum = 0, n = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum += times[i] * values[i];
        n += times[i];
    }
    return n > 0 ? std::optional(sum / n) : std::nullopt;
}

TEST(Bootstrap, of_a_symmetric_mean_is_the_normal_interval) {
    std::vector<double> values;
    for (int i = 0; i < 200; ++i) values.push_back(i);
    const auto interval =
        bootstrap(values.size(), 1, [&](auto times) { return mean_of(values, times); });
    // By hand: the standard deviation of 0 … 199 is sqrt((200^2 - 1) / 12), over sqrt(200).
    const double half = 1.959963984540054 * std::sqrt((200. * 200 - 1) / 12 / 200);
    EXPECT_NEAR(interval->low, 99.5 - half, 0.35);  // Monte-Carlo error of a quantile: 0.15
    EXPECT_NEAR(interval->high, 99.5 + half, 0.35);
}

TEST(Bootstrap, of_a_skewed_mean_leans_to_the_long_tail_and_repeats_by_its_key) {
    std::vector<double> values(60, 0.0);
    for (int i = 0; i < 6; ++i) values[static_cast<std::size_t>(i)] = 1;
    const auto statistic = [&](auto times) { return mean_of(values, times); };
    const auto interval = bootstrap(values.size(), 2, statistic);
    EXPECT_GT(interval->high - 0.1, 0.1 - interval->low);
    EXPECT_EQ(*interval, *bootstrap(values.size(), 2, statistic));
}

// By hand: three of nine replicates below and two equal, so the shift is the quantile of 4/9; no
// acceleration; level .97258 of ten ranks is the ninth, level .01256 the first.
TEST(Bootstrap, counts_ties_half) {
    const auto interval = bca_interval(4, {9, 1, 2, 3, 4, 4, 6, 7, 8}, std::vector<double>{1, 1});
    EXPECT_EQ(interval->low, 1);
    EXPECT_EQ(interval->high, 9);
}

TEST(Bootstrap, says_why_there_is_no_interval) {
    EXPECT_EQ(bootstrap(9, 1, [](auto) { return std::optional(1.); }).why(),
              "fewer than ten items");
    EXPECT_FALSE(bootstrap(12, 1, [](auto) { return std::optional<double>(); }));
    EXPECT_EQ(bootstrap(12, 1, [](auto) { return std::optional(1.); }).why(),
              "every replicate is the same, so the error is unknown");
    // Defined only while item 0 is there, which 36% of the replicates lack.
    EXPECT_FALSE(bootstrap(
        12, 1, [](auto times) { return times[0] > 0 ? std::optional(1.) : std::nullopt; }));
}

}  // namespace
}  // namespace plimsoll::analyse
