#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "analyse/comparison/proportions.h"
#include "analyse/comparison/sample_size.h"
#include "analyse/comparison/tango.h"

namespace plimsoll::analyse {
namespace {

void expect_interval(const Interval& interval, double low, double high, double within) {
    EXPECT_NEAR(interval.low, low, within);
    EXPECT_NEAR(interval.high, high, within);
}

// docs/statistics/10-gate.md, TV-10.1
TEST(Tango, agrees_with_the_airway_data_of_fagerland_2014) {
    expect_interval(tango({1, 7, 21}), -.5172322764, -.0260030325, 1e-9);
}
TEST(Tango, agrees_with_the_other_worked_examples) {
    expect_interval(tango({12, 9, 43}), -.1410179709, .2742229371, 1e-9);
    expect_interval(tango({14, 22, 400}, z_95_one_sided), -.0458364216, .0048330667, 1e-9);
}
TEST(Tango, no_difference_at_all_still_leaves_room) {
    expect_interval(tango({0, 0, 400}, z_95_one_sided), -.006718, .006718, 1e-6);
}
TEST(Tango, all_lost_or_all_gained_reaches_the_end) {
    EXPECT_EQ(tango({0, 20, 20}).low, -1);
    EXPECT_LT(tango({0, 20, 20}).high, -.6);
    EXPECT_EQ(tango({20, 0, 20}).high, 1);
}
TEST(Tango, is_the_same_from_the_other_side) {
    const Interval one = tango({3, 11, 50}), other = tango({11, 3, 50});
    expect_interval(one, -other.high, -other.low, 1e-12);
}

// docs/statistics/9-refusals-latency-cost.md, TV-9.1
TEST(Proportions, newcombe_agrees_with_newcombe_1998_and_fagerland_2015) {
    expect_interval(newcombe({56, 70}, {48, 80}), .052431, .333873, 5e-7);
    expect_interval(newcombe({7, 34}, {1, 34}), .018921, .340369, 5e-7);
}
TEST(Proportions, koopman_keeps_its_digits_where_nearly_everything_passes) {  // mpmath, 50 digits
    EXPECT_NEAR(koopman({1, 1}, {54799, 54799})->high, 1.00007010089272968713, 5e-11);
}

TEST(Proportions, miettinen_nurminen_agrees_with_PropCIs) {
    expect_interval(miettinen_nurminen({7, 34}, {1, 34}), .0270416, .3452912, 5e-8);
}
TEST(Proportions, koopman_agrees_with_PropCIs) {
    expect_interval(*koopman({7, 34}, {1, 34}), 1.220853, 42.575718, 5e-7);
    expect_interval(*koopman({30, 1000}, {12, 800}), 1.04390753, 3.84002761, 1e-8);
}
TEST(Proportions, katz_agrees_with_the_worked_example) {
    expect_interval(*katz({30, 1000}, {12, 800}), 1.03063892, 3.88108766, 1e-8);
}
TEST(Proportions, a_group_without_events_bounds_the_ratio_from_one_side) {
    EXPECT_EQ(koopman({5, 100}, {0, 100})->high, INFINITY);
    EXPECT_GT(koopman({5, 100}, {0, 100})->low, 1);
    EXPECT_EQ(koopman({0, 100}, {5, 100})->low, 0);
    EXPECT_EQ(koopman({0, 100}, {0, 100}).why(),
              "neither group has an event, so their ratio is open");
    EXPECT_FALSE(katz({0, 100}, {5, 100}));
    expect_interval(miettinen_nurminen({0, 10}, {0, 10}), -.3, .3, .05);
}

// docs/statistics/10-gate.md, TV-10.2
TEST(SampleSize, agrees_with_the_table) {
    const struct {
        double discordance;
        std::vector<double> pairs;  // For margins .01, .02, .03, .05.
    } rows[] = {{.05, {3092, 773, 344, 124}},
                {.10, {6183, 1546, 687, 248}},
                {.20, {12366, 3092, 1374, 495}}};
    for (const auto& row : rows) {
        const double margins[] = {.01, .02, .03, .05};
        for (int i = 0; i < 4; ++i) {
            const GatePlan plan{.variance = row.discordance, .margin = margins[i]};
            EXPECT_EQ(pairs_to_pass(plan), row.pairs[i]) << row.discordance << " " << margins[i];
            EXPECT_NEAR(power_to_pass(plan, row.pairs[i]), .80, .003);
        }
    }
}
TEST(SampleSize, a_loss_as_large_as_the_margin_passes_with_no_number) {
    const GatePlan plan{.variance = .1, .difference = -.03, .margin = .03};
    EXPECT_EQ(pairs_to_pass(plan), INFINITY);
    EXPECT_LT(pairs_to_fail(plan), 1000);
    EXPECT_NEAR(power_to_pass(plan, 5000), .05, 1e-12);
}

}  // namespace
}  // namespace plimsoll::analyse
