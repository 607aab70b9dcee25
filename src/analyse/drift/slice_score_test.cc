#include "analyse/drift/slice_score.h"

#include <gtest/gtest.h>

#include <cmath>

namespace plimsoll::analyse {
namespace {

// Every value by hand, from the formulas of docs/statistics/5-slices.md.

TEST(SliceScore, takes_off_what_was_beyond_chance_before_and_pays_for_the_fit) {
    SliceCells cells;  // One attribute: codes 1 and 2 before, 1 after.
    cells.codes = {{1, 2, 1}};
    cells.values = {3};
    cells.sums.resize(3);
    cells.before = 2;
    const std::vector<CellResidual> residuals{{0, 8, 50}, {0, 6, 40}, {3, 4, 10}};
    const SliceScore score(cells, residuals, 2);
    const Conjunction where{{0, 1}};

    SliceSums sums{.before = {}, .after = {3, 4, 10}};
    EXPECT_DOUBLE_EQ(sums.excess_z(), 1.5);
    EXPECT_DOUBLE_EQ(score.z({}, sums), 1.5);
    EXPECT_DOUBLE_EQ(score.z(where, sums), 3 / std::sqrt(4 + 16. / 8));
    sums.before = {1, 1.25, 10};  // 1 is less than its standard error: nothing is taken off.
    EXPECT_DOUBLE_EQ(score.z({}, sums), 1.5);
    sums.before = {-2, 1.25, 10};  // Nor is anything given for having been good.
    EXPECT_DOUBLE_EQ(score.z({}, sums), 1.5);
    sums.before = {2, 1.25, 10};  // s = 1 - 1.25 / 4, times the ratio of 2: 1.375
    EXPECT_DOUBLE_EQ(score.z({}, sums), .25 / std::sqrt(4 + 1.375 * 1.375 * 1.25));
}

TEST(SliceScore, a_part_beats_what_its_whole_exceeds_beyond_chance) {
    EXPECT_DOUBLE_EQ(beats({3, 4, 1}, {4, 16, 2}), 1.5);  // 1 with variance 12 is nothing.
    // Rest (6, 12): s = 1 - 12 / 36, k = 4 / 12.
    EXPECT_DOUBLE_EQ(beats({3, 4, 1}, {9, 16, 2}), (3 - 6 * 2. / 9) / std::sqrt(4 + 12 * 4. / 81));
    EXPECT_LT(beats({3, 4, 1}, {3, 4, 1}), -1e9);
}

}  // namespace
}  // namespace plimsoll::analyse
