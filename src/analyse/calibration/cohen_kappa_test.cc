#include "analyse/calibration/cohen_kappa.h"

#include <gtest/gtest.h>

namespace plimsoll::analyse {
namespace {

TEST(CohenKappa, agrees_with_sas) {  // docs/statistics/1-agreement.md, TV-1.5
    const ConfusionTable table({{0, 4, 1}, {0, 8, 0}, {0, 1, 5}});
    EXPECT_NEAR(cohen_kappa(table)->value, 0.4841628959, 1e-10);
    EXPECT_NEAR(cohen_kappa(table)->standard_error, 0.1380135783, 1e-10);
    EXPECT_NEAR(cohen_kappa(table, KappaWeights::linear)->value, 0.4701195219, 1e-10);
    EXPECT_NEAR(cohen_kappa(table, KappaWeights::linear)->standard_error, 0.1457460451, 1e-10);
}

TEST(CohenKappa, with_quadratic_weights_is_the_correlation_if_margins_agree) {
    // By hand: margins (5, 10, 5) on both sides of 20; mean 1, variance .5, covariance .35.
    const ConfusionTable table({{4, 1, 0}, {1, 7, 2}, {0, 2, 3}});
    EXPECT_NEAR(cohen_kappa(table, KappaWeights::quadratic)->value, 0.7, 1e-12);
}

TEST(CohenKappa, of_one_class_is_undefined) {
    EXPECT_FALSE(cohen_kappa(ConfusionTable({{5, 0}, {0, 0}})));
    EXPECT_FALSE(cohen_kappa(ConfusionTable(2)));
    EXPECT_NEAR(cohen_kappa(ConfusionTable({{5, 0}, {0, 4}}))->value, 1, 1e-15);
}

TEST(CohenKappa, of_a_judge_with_one_verdict_is_zero_without_error) {  // It cannot be otherwise.
    const ConfusionTable table({{10, 0}, {4, 0}});
    EXPECT_NEAR(cohen_kappa(table)->value, 0, 1e-15);
    EXPECT_NEAR(cohen_kappa(table)->standard_error, 0, 1e-14);
}

}  // namespace
}  // namespace plimsoll::analyse
