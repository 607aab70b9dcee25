#include "analyse/calibration/krippendorff.h"

#include <gtest/gtest.h>

namespace plimsoll::analyse {
namespace {

// Three coders, 15 items, labels missing. docs/statistics/1-agreement.md, TV-1.6
const std::vector<ItemLabels> coded{{1},       {},        {2, 2}, {1, 1}, {3, 3},
                                    {3, 3, 4}, {4, 4, 4}, {1, 3}, {2, 2}, {1, 1},
                                    {1, 1},    {3, 3},    {3, 3}, {},     {3, 4}};

TEST(Krippendorff, agrees_with_the_published_example) {
    EXPECT_NEAR(*krippendorff_alpha(coded, AlphaScale::nominal), 0.691358, 5e-7);
    EXPECT_NEAR(*krippendorff_alpha(coded, AlphaScale::interval), 0.810845, 5e-7);
    EXPECT_NEAR(*krippendorff_alpha(coded, AlphaScale::ordinal), 0.806721420, 1e-9);
}

TEST(Krippendorff, has_an_interval_around_it_that_repeats) {
    const auto interval = krippendorff_interval(coded, AlphaScale::nominal, 5);
    EXPECT_LT(interval->low, 0.691358);
    EXPECT_GT(interval->high, 0.691358);
    EXPECT_EQ(*interval, *krippendorff_interval(coded, AlphaScale::nominal, 5));
}

TEST(Krippendorff, says_why_there_is_none) {
    EXPECT_EQ(krippendorff_alpha({}, AlphaScale::nominal).why(), "no item has two human labels");
    const std::vector<ItemLabels> same{{2, 2}, {2, 2, 2}};
    EXPECT_EQ(krippendorff_alpha(same, AlphaScale::interval).why(),
              "every human label is the same");
}

}  // namespace
}  // namespace plimsoll::analyse
