#include "analyse/drift/weekly.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "analyse/drift/laney.h"
#include "analyse/stats/distributions.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

std::vector<double> squares_of(std::vector<double> errors) {
    for (double& error : errors) error *= error;
    return errors;
}

TEST(Weekly, agrees_with_the_worked_example) {  // docs/statistics/4-drift.md, TV-4.2
    const std::vector<double> means = {.941, .938, .945, .936, .943, .940, .934, .944};
    const auto variances = squares_of({.0032, .0031, .0030, .0033, .0031, .0032, .0034, .0030});
    const auto test = weekly_test(means, variances, .925, .0032 * .0032);
    ASSERT_TRUE(test);
    EXPECT_NEAR(test->tau2, 5.0329319e-06, 5e-14);
    EXPECT_NEAR(test->mean, .94030444, 5e-9);
    EXPECT_NEAR(test->mean_error, .00136957, 5e-9);
    EXPECT_NEAR(test->prediction_error, .00414109, 5e-9);
    EXPECT_NEAR(test->t, -3.695749, 5e-7);
    EXPECT_NEAR(test->p, .007698, 5e-7);
    EXPECT_FALSE(test->expected.contains(.925));
    EXPECT_TRUE(test->expected.contains(.94));
}

TEST(Weekly, below_eight_weeks_it_wants_siblings_below_four_an_objective) {
    const std::vector<double> seven(7, .9), three(3, .9), variances(7, 1e-5);
    EXPECT_EQ(weekly_test(seven, variances, .9, 1e-5).why(),
              "7 reference weeks, at least 8 are needed");
    EXPECT_TRUE(moderated_weekly_test(seven, .9, {1e-5, 8}));
    EXPECT_EQ(moderated_weekly_test(three, .9, {1e-5, 8}).why(),
              "3 reference weeks, at least 4 are needed");
}

/// A standard normal number by its quantile: one uniform each.
double normal(CounterRandom& dice) {
    return normal_quantile((dice.uniform() * 0x1p53 + .5) * 0x1p-53);
}

/// docs/statistics/4-drift.md: size at nominal .05 for tau/sigma = 0, .5, 1, 2, 4.
TEST(Weekly, without_change_its_size_is_at_most_nominal) {
    constexpr double tau[] = {0, .5, 1, 2, 4}, expected[] = {.013, .021, .037, .049, .049};
    for (int i = 0; i < 5; ++i) {
        CounterRandom dice(31, static_cast<std::uint64_t>(i));
        const std::vector<double> variances(8, 1);
        int rejected = 0;
        constexpr int runs = 4000;
        for (int run = 0; run < runs; ++run) {
            std::vector<double> means(8);
            for (double& mean : means) mean = tau[i] * normal(dice) + normal(dice);
            const double now = tau[i] * normal(dice) + normal(dice);
            rejected += weekly_test(means, variances, now, 1)->p < .05;
        }
        EXPECT_NEAR(rejected / double(runs), expected[i], 3 * std::sqrt(.05 * .95 / runs)) << i;
    }
}

TEST(Moderation, without_siblings_that_agree_it_is_the_ordinary_t_of_a_new_week) {
    const std::vector<double> means = {.90, .92, .91, .93};
    const auto plain = moderated_weekly_test(means, .87, {1, 0});
    EXPECT_EQ(plain->degrees, 3);
    const double deviation = std::sqrt(5e-4 / 3);  // By hand: squares .0005 about .915.
    EXPECT_NEAR(plain->t, (.87 - .915) / (deviation * std::sqrt(1.25)), 1e-10);
    const auto firm = moderated_weekly_test(means, .87, {1e-4, INFINITY});
    EXPECT_NEAR(firm->t, (.87 - .915) / (.01 * std::sqrt(1.25)), 1e-10);
    EXPECT_NEAR(firm->p, 2 * normal_cdf(firm->t), 1e-15);
    EXPECT_NEAR(moderated_weekly_test(means, .87, {2e-4, 6})->prediction_error,
                std::sqrt((6 * 2e-4 + 5e-4) / 9 * 1.25), 1e-12);  // (d0 s0^2 + squares) / (d0 + d)
}

TEST(Moderation, the_prior_is_found_again_from_many_siblings) {
    // True variances: d0 s0^2 / chi-square(d0), d0 = 8, s0^2 = 2e-5; sample variances with 4.
    CounterRandom dice(33);
    std::vector<double> variances;
    for (int series = 0; series < 4000; ++series) {
        const double variance = 8 * 2e-5 / chi_square_quantile(dice.uniform(), 8);
        variances.push_back(variance * chi_square_quantile(dice.uniform(), 4) / 4);
    }
    const auto prior = pooled_spread(variances, 4);
    EXPECT_NEAR(prior->variance, 2e-5, 1e-6);
    EXPECT_NEAR(prior->degrees, 8, 1.2);
}

TEST(Moderation, says_what_it_cannot_pool) {
    const std::vector<double> two = {1, 2}, flat = {1, 0, 2}, alike = {1e-5, 1e-5, 1e-5, 1e-5};
    EXPECT_FALSE(pooled_spread(two, 4));
    EXPECT_FALSE(pooled_spread(flat, 4));
    EXPECT_TRUE(std::isinf(pooled_spread(alike, 4)->degrees));
}

TEST(Laney, agrees_with_the_worked_example) {  // TV-4.4
    const std::vector<double> n(8, 3600), passed = {3388, 3376, 3402, 3369, 3395, 3384, 3362, 3398};
    const auto chart = laney_chart(passed, n);
    ASSERT_TRUE(chart);
    EXPECT_NEAR(chart->rate, .94006944, 5e-9);
    EXPECT_NEAR(chart->moving_range, 1.66515504, 5e-9);
    EXPECT_NEAR(chart->sigma_z, 1.47620128, 5e-9);
    EXPECT_NEAR(chart->limits(3600).low, .92255003, 5e-9);
    EXPECT_NEAR(chart->limits(3600).high, .95758886, 5e-9);
}

TEST(Laney, says_why_it_says_nothing) {
    const std::vector<double> n = {10, 10}, all = {10, 10}, none_scored = {10, 0}, zero = {5, 0};
    EXPECT_FALSE(laney_chart(all, n));
    EXPECT_FALSE(laney_chart(zero, none_scored));
    EXPECT_FALSE(laney_chart({}, {}));
}

}  // namespace
}  // namespace plimsoll::analyse
