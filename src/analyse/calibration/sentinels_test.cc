#include "analyse/calibration/sentinels.h"

#include <gtest/gtest.h>

#include <array>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {
namespace {

TEST(Sentinels, thresholds_of_one_run) {  // docs/statistics/6-judge-drift.md, TV-6.2
    EXPECT_EQ(flips_that_alarm(100, .02, .01), 7u);
    EXPECT_EQ(flips_that_alarm(200, .02, .01), 10u);
    EXPECT_EQ(flips_that_alarm(400, .02, .01), 16u);
    EXPECT_EQ(flips_that_alarm(100, .05, .01), 12u);
    EXPECT_EQ(flips_that_alarm(200, .05, .01), 19u);
    EXPECT_EQ(flips_that_alarm(400, .05, .01), 32u);
    EXPECT_EQ(flips_that_alarm(200, .02, .001), 12u);
    EXPECT_EQ(flips_that_alarm(400, .02, .001), 19u);
    EXPECT_EQ(flips_that_alarm(200, .05, .001), 22u);
    EXPECT_EQ(flips_that_alarm(400, .05, .001), 36u);
    EXPECT_EQ(flips_that_alarm(2, .9, .001), 3u);  // Never.
}

TEST(Sentinels, allow_for_what_the_frozen_scorings_do_not_know) {
    const auto known = [](double scorings) {
        return SentinelBaseline{
            .fails = {}, .flip_rate = .02, .flip_rate_upper = 0, .scorings = scorings};
    };
    EXPECT_EQ(flips_that_alarm(200, known(1e9), .001), 12u);   // TV-6.2: the rate is certain.
    EXPECT_EQ(flips_that_alarm(200, known(1000), .001), 14u);  // A second program, by lgamma.
    EXPECT_EQ(flips_that_alarm(200, known(200), .001), 19u);
    // Beta-binomial of one item by hand: P(K >= 1) = a / (a + b) = 1.5 / 2.
    const SentinelBaseline one{.fails = {}, .flip_rate = 1, .flip_rate_upper = 1, .scorings = 1};
    EXPECT_EQ(flips_that_alarm(1, one, .7501), 1u);
    EXPECT_EQ(flips_that_alarm(1, one, .7499), 2u);
}

TEST(Sentinels, power_of_one_run) {  // docs/statistics/6-judge-drift.md, exact
    const auto power = [](double items, double r0, double rate) {
        const auto k = flips_that_alarm(static_cast<std::uint64_t>(items), r0, .001);
        return 1 - binomial_cdf(static_cast<double>(k) - 1, items, rate);
    };
    EXPECT_NEAR(power(200, .02, .05), .30, .005);
    EXPECT_NEAR(power(200, .02, .08), .88, .005);
    EXPECT_NEAR(power(200, .02, .12), 1.00, .005);
    EXPECT_NEAR(power(400, .02, .05), .62, .005);
    EXPECT_NEAR(power(400, .02, .08), .996, .0005);
    EXPECT_NEAR(power(200, .05, .10), .35, .005);
    EXPECT_NEAR(power(200, .05, .15), .96, .005);
}

TEST(Sentinels, freeze_to_the_majority_and_the_rate_of_a_fresh_scoring) {
    std::vector<std::vector<bool>> scorings(200, {false, false, false, false, false});
    for (int i = 0; i < 10; ++i)
        scorings[static_cast<std::size_t>(i)] = {true, true, true, true, false};
    const auto baseline = freeze_sentinels(scorings);
    EXPECT_TRUE(baseline->fails[0]);
    EXPECT_FALSE(baseline->fails[10]);
    EXPECT_NEAR(baseline->flip_rate, 10 * .2 / 200, 1e-12);
    EXPECT_GT(baseline->flip_rate_upper, .014);
    EXPECT_LT(baseline->flip_rate_upper, .03);
    // 3 : 2 by hand: two flips, and three that face a tie of the others: 3.5 of 5, not 2 of 5.
    EXPECT_NEAR(freeze_sentinels(std::vector<std::vector<bool>>{{true, true, true, false, false}},
                                 {.r0_max = 1})
                    ->flip_rate,
                .7, 1e-12);
    // Nothing flipped among 200 items: Wilson's bound, z^2 / (n + z^2) by hand.
    const std::vector<std::vector<bool>> calm(200, {true, true, true, true, true});
    EXPECT_NEAR(freeze_sentinels(calm)->flip_rate_upper, 2.705543 / 202.705543, 1e-6);
}

TEST(Sentinels, refuse_a_judge_that_contradicts_itself) {
    const std::vector<std::vector<bool>> wild(100, {true, true, true, false, false});
    EXPECT_FALSE(freeze_sentinels(wild));
    EXPECT_FALSE(freeze_sentinels({}));
}

TEST(Sentinels, notice_a_sudden_change_at_once_and_a_slow_one_in_time) {
    SentinelWatch watch({.fails = {}, .flip_rate = .02, .flip_rate_upper = .02, .scorings = 1e9});
    std::array<bool, 200> run{};
    for (std::size_t i = 0; i < 4; ++i) run[i * 50] = true;
    for (int day = 0; day < 50; ++day) EXPECT_FALSE(watch.add_run(run).fired()) << day;
    // 5% flips: below the 12 that alarm in one run, day after day.
    std::array<bool, 200> worse{};
    for (std::size_t i = 0; i < 10; ++i) worse[i * 20] = true;
    int day = 0;
    SentinelWatch::Answer answer;
    while (!answer.fired() && day < 30) answer = watch.add_run(worse), ++day;
    EXPECT_TRUE(answer.slow);
    EXPECT_FALSE(answer.sudden);
    EXPECT_LT(day, 30);
    for (std::size_t i = 0; i < 12; ++i) worse[i * 15 + 1] = true;
    answer = watch.add_run(worse);
    EXPECT_TRUE(answer.sudden);
    EXPECT_EQ(answer.alarm_at, 12u);
}

}  // namespace
}  // namespace plimsoll::analyse
