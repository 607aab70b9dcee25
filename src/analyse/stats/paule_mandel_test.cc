#include "analyse/stats/paule_mandel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace plimsoll::analyse {
namespace {

/// Tuberculosis after BCG vaccination, 13 trials: ill and well, vaccinated and not (Colditz et al.,
/// JAMA 1994, table 1). Log risk ratios and their variances.
struct Bcg {
    std::vector<double> log_ratio, variance;
    Bcg() {
        constexpr double trials[13][4] = {
            {4, 119, 11, 128},       {6, 300, 29, 274},        {3, 228, 11, 209},
            {62, 13536, 248, 12619}, {33, 5036, 47, 5761},     {180, 1361, 372, 1079},
            {8, 2537, 10, 619},      {505, 87886, 499, 87892}, {29, 7470, 45, 7232},
            {17, 1699, 65, 1600},    {186, 50448, 141, 27197}, {5, 2493, 3, 2338},
            {27, 16886, 29, 17825}};
        for (const auto& [a, b, c, d] : trials) {
            log_ratio.push_back(std::log(a / (a + b) / (c / (c + d))));
            variance.push_back(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d));
        }
    }
};

TEST(PauleMandel, agrees_with_metafor_on_the_bcg_trials) {  // docs/statistics/4-drift.md, TV-4.3
    const Bcg bcg;
    const RandomEffects one_step = dersimonian_laird(bcg.log_ratio, bcg.variance);
    EXPECT_NEAR(one_step.tau2, .308760, 5e-7);
    EXPECT_NEAR(one_step.mean, -.714117, 5e-7);
    EXPECT_NEAR(one_step.standard_error, .178742, 5e-7);
    EXPECT_NEAR(paule_mandel(bcg.log_ratio, bcg.variance).tau2, .318068, 5e-7);
}

TEST(PauleMandel, its_root_satisfies_its_equation) {
    const Bcg bcg;
    const RandomEffects found = paule_mandel(bcg.log_ratio, bcg.variance);
    double sum = 0;
    for (std::size_t i = 0; i < 13; ++i) {
        sum += std::pow(bcg.log_ratio[i] - found.mean, 2) / (bcg.variance[i] + found.tau2);
    }
    EXPECT_NEAR(sum, 12, 1e-10);
}

TEST(PauleMandel, units_closer_than_their_noise_are_one) {
    const std::vector<double> values = {.90, .91, .92}, variances = {.01, .01, .01};
    const RandomEffects found = paule_mandel(values, variances);
    EXPECT_EQ(found.tau2, 0);
    EXPECT_NEAR(found.mean, .91, 1e-15);
    EXPECT_NEAR(found.standard_error, std::sqrt(.01 / 3), 1e-15);
    EXPECT_EQ(dersimonian_laird(values, variances).tau2, 0);
}

TEST(PauleMandel, a_single_unit_is_its_own_mean) {
    const std::vector<double> value = {.9}, variance = {.04};
    EXPECT_EQ(paule_mandel(value, variance).mean, .9);
    EXPECT_DOUBLE_EQ(paule_mandel(value, variance).standard_error, .2);
    EXPECT_EQ(dersimonian_laird(value, variance).tau2, 0);
}

}  // namespace
}  // namespace plimsoll::analyse
