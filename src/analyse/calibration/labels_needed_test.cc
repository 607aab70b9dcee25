#include "analyse/calibration/labels_needed.h"

#include <gtest/gtest.h>

#include "analyse/calibration/matthews.h"

namespace plimsoll::analyse {
namespace {

TEST(LabelsNeeded, are_those_at_which_the_gate_decides) {
    const Confusion few{.tp = 9, .fp = 3, .fn = 2, .tn = 26};  // MCC .70 of 40
    const auto needed = labels_needed(evidence_of(few));
    ASSERT_TRUE(needed);
    ASSERT_GT(needed->even, 0u);
    EXPECT_EQ(needed->towards, Trust::open);
    // The same shares, half a label a cell included, at the count that was promised.
    const FisherZ f = matthews_fisher_z(few);
    const double factor =
        std::sqrt(few.total() / (few.total() + static_cast<double>(needed->even)));
    EXPECT_NEAR((FisherZ{f.value, f.error_z * factor}.probability_above(.6)), .80, 2e-3);
    EXPECT_GT(needed->likely, 3 * needed->even);
}

TEST(LabelsNeeded, to_stay_closed_are_counted_the_other_way) {
    const auto needed = labels_needed(evidence_of({.tp = 7, .fp = 5, .fn = 4, .tn = 24}));
    EXPECT_EQ(needed->towards, Trust::closed);
}

TEST(LabelsNeeded, are_none_when_it_is_decided_and_the_minimum_when_few) {
    EXPECT_EQ(labels_needed(evidence_of({.tp = 30, .fp = 1, .fn = 1, .tn = 60}))->even, 0u);
    // Perfect so far, on 20 labels with 4 failures: 40 are needed, and 8 failures come with them.
    EXPECT_EQ(labels_needed(evidence_of({.tp = 4, .fp = 0, .fn = 0, .tn = 16}))->even, 20u);
}

TEST(LabelsNeeded, at_the_threshold_are_not_named) {
    const Evidence there{.labels = 80, .rarer = 24., .agreement = FisherZ{.6001, .156}};
    EXPECT_FALSE(labels_needed(there));
    EXPECT_FALSE(labels_needed({.labels = 5, .rarer = 2., .agreement = FisherZ{.7, .3}}));
}

}  // namespace
}  // namespace plimsoll::analyse
