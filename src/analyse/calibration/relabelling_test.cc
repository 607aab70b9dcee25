#include "analyse/calibration/relabelling.h"

#include <gtest/gtest.h>

namespace plimsoll::analyse {
namespace {

TEST(Relabelling, goes_on_until_labels_decide_or_are_spent) {
    const auto step = [](const Confusion& counts) { return relabelling_step(evidence_of(counts)); };
    EXPECT_EQ(step({.tp = 6, .fp = 0, .fn = 0, .tn = 14}), Relabelling::label_more);  // Below 40.
    EXPECT_EQ(step({.tp = 12, .fp = 0, .fn = 0, .tn = 28}), Relabelling::reopen);
    EXPECT_EQ(step({.tp = 5, .fp = 7, .fn = 7, .tn = 21}), Relabelling::stay_closed);
    const Confusion between{.tp = 18, .fp = 7, .fn = 6, .tn = 49};
    EXPECT_EQ(step(between), Relabelling::label_more);
    EXPECT_EQ(step({.tp = 42, .fp = 16, .fn = 18, .tn = 124}), Relabelling::undecided);
    EXPECT_EQ(step({.tp = 5, .fp = 0, .fn = 0, .tn = 60}), Relabelling::label_more);  // Five fails.
}

}  // namespace
}  // namespace plimsoll::analyse
