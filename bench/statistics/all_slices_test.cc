#include "statistics/all_slices.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "analyse/drift/made_slices.h"

namespace plimsoll::bench {
namespace {

TEST(SliceLine, scores_as_its_own_tests_say) {  // docs/statistics/5-slices.md, TV-5.5
    EXPECT_NEAR(slice_line_score(4, 4, 8, 4), .90, 1e-12);
    EXPECT_NEAR(slice_line_score(3, 3, 8, 4), .866667, 5e-7);
    EXPECT_NEAR(slice_line_score(4, 3, 8, 4), .425, 1e-12);
}

TEST(AllSlices, every_rival_finds_a_slice_that_is_plainly_worse) {
    const analyse::Conjunction where{{0, 1}, {2, 3}};
    const auto rows = analyse::made_slices(
        {.rows = 6000, .attributes = 4, .values = 4, .effects = 0, .where = where, .worse = .5});
    const auto slices = all_slices(rows, 20);
    EXPECT_EQ(slices.size(), 1 + 4 * 4 + 6 * 16 + 4 * 64);
    EXPECT_EQ(slices[0].n[0] + slices[0].n[1], 6000);
    const auto line = slice_line(slices, 3);
    EXPECT_NE(std::ranges::find(line, where), line.end());
    EXPECT_EQ(tested_one_by_one(slices)[0].where, where);
}

}  // namespace
}  // namespace plimsoll::bench
