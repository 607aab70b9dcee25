#include "analyse/stats/interval_choice.h"

#include <gtest/gtest.h>

namespace plimsoll::analyse {
namespace {

TEST(IntervalChoice, follows_the_table) {  // docs/statistics/0-kernel.md
    using enum IntervalMethod;
    EXPECT_EQ(choose_interval({.clustered = false}).method, wilson);
    EXPECT_EQ(choose_interval({.clusters = 500}).method, clustered_wilson);
    EXPECT_EQ(choose_interval({.quantity = Quantity::weighted_proportion, .strata = true}).method,
              mover_wilson);
    EXPECT_EQ(choose_interval({.quantity = Quantity::graded_mean, .clusters = 100}).method,
              bucket_t);
    EXPECT_EQ(choose_interval({.quantity = Quantity::graded_mean, .clusters = 99}).method,
              clustered_wilson);
    EXPECT_EQ(choose_interval({.clustered = false, .watched = true}).method, beta_mixture);
    EXPECT_EQ(choose_interval({.quantity = Quantity::graded_mean, .watched = true}).method,
              asymptotic_sequence);
    EXPECT_EQ(choose_interval({.quantity = Quantity::matthews}).method, fisher_z);
    EXPECT_EQ(choose_interval({.quantity = Quantity::proportion_difference}).method, newcombe);
    EXPECT_EQ(choose_interval({.quantity = Quantity::paired_difference}).method, tango);
    EXPECT_EQ(choose_interval({.quantity = Quantity::proportion_ratio}).method, koopman);
}

}  // namespace
}  // namespace plimsoll::analyse
