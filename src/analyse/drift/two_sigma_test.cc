#include "analyse/drift/two_sigma.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace plimsoll::analyse {
namespace {

TEST(TwoSigma, its_true_false_alarm_rates) {  // docs/statistics/4-drift.md, TV-4.1 and table
    EXPECT_NEAR(two_sigma_false_alarm_rate(8), .101326, 5e-7);
    EXPECT_NEAR(two_sigma_false_alarm_rate(8, {.divide_by_weeks = true}), .121122, 5e-7);
    constexpr struct {
        std::size_t weeks;
        double rate, rate_divided, multiplier_two_sigma, multiplier_1;
    } table[] = {{4, .172, .219, 3.70, 6.53},
                 {6, .123, .152, 2.86, 4.36},
                 {8, .1013, .1211, 2.58, 3.71},
                 {12, .081, .093, 2.35, 3.23},
                 {26, .061, .066, 2.15, 2.84}};
    for (const auto& row : table) {
        EXPECT_NEAR(two_sigma_false_alarm_rate(row.weeks), row.rate, 5.1e-4) << row.weeks;
        EXPECT_NEAR(two_sigma_false_alarm_rate(row.weeks, {.divide_by_weeks = true}),
                    row.rate_divided, 5.1e-4)
            << row.weeks;
        EXPECT_NEAR(two_sigma_multiplier(row.weeks, .0455), row.multiplier_two_sigma, 5.1e-3);
        EXPECT_NEAR(two_sigma_multiplier(row.weeks, .01), row.multiplier_1, 5.1e-3);
    }
}

TEST(TwoSigma, never_sees_a_steady_decline_whatever_its_slope) {
    EXPECT_NEAR(two_sigma_on_a_line(8), 1.8371, 5e-5);
    EXPECT_NEAR(two_sigma_on_a_line(8, true), 1.9640, 5e-5);
    for (const double slope : {-1e-4, -.01, -.1}) {
        std::vector<double> weeks;
        for (int week = 0; week < 8; ++week) weeks.push_back(.94 + slope * week);
        const auto rule = two_sigma_rule(weeks, .94 + slope * 8);
        EXPECT_NEAR(rule->z, -two_sigma_on_a_line(8), 1e-9);
        EXPECT_FALSE(rule->alarm);
    }
}

TEST(TwoSigma, on_the_worked_weeks) {  // TV-4.2: "the heuristic says z = -3.87"
    const std::vector<double> weeks = {.941, .938, .945, .936, .943, .940, .934, .944};
    const auto rule = two_sigma_rule(weeks, .925);
    EXPECT_NEAR(rule->z, -3.87, 5e-3);
    EXPECT_TRUE(rule->alarm);
    EXPECT_NEAR(rule->false_alarm_rate, .101326, 5e-7);
}

TEST(TwoSigma, says_why_it_says_nothing) {
    const std::vector<double> same(8, .9), one(1, .9);
    EXPECT_FALSE(two_sigma_rule(same, .5));
    EXPECT_FALSE(two_sigma_rule(one, .5));
}

}  // namespace
}  // namespace plimsoll::analyse
