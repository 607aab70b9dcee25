#include "analyse/drift/known_slices.h"

#include <gtest/gtest.h>

#include "analyse/drift/made_slices.h"

namespace plimsoll::analyse {
namespace {

TEST(KnownSlices, the_value_that_got_worse_stands_first_and_alone) {
    const SliceRows rows = made_slices({.rows = 24'000,
                                        .attributes = 3,
                                        .values = 8,
                                        .rows_per_session = 3,
                                        .shift = 0,
                                        .where = {{1, 5}},
                                        .worse = .12});
    const KnownSlices known = known_slices(rows);
    ASSERT_EQ(known.slices.size(), 24u);
    EXPECT_EQ(to_text(rows, {known.slices[0].where}), "a1=v5");
    EXPECT_LT(known.slices[0].adjusted_p, .001);
    EXPECT_NEAR(known.slices[0].share, 1.0 / 8, .01);
    EXPECT_TRUE(known.slices[0].change->interval().contains(.12));
    EXPECT_LE(known.slices[0].shrunken.change, known.slices[0].change->change);
    // Everything else changed by .12 / 8 at most.
    EXPECT_GT(known.slices[0].impact, 4 * known.slices[1].impact);
}

TEST(KnownSlices, of_few_sessions_or_users_nothing_is_said) {
    SliceRows rows = made_slices({.rows = 2000, .attributes = 1, .values = 2});
    EXPECT_EQ(known_slices(rows, 900).slices[0].change.why(), "too few sessions");
    for (std::uint32_t& cluster : rows.cluster) cluster %= 10;
    EXPECT_FALSE(known_slices(rows).slices[0].change);
    EXPECT_EQ(known_slices(rows).slices[0].adjusted_p, 1);
}

}  // namespace
}  // namespace plimsoll::analyse
