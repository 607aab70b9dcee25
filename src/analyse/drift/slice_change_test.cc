#include "analyse/drift/slice_change.h"

#include <gtest/gtest.h>

#include <cmath>

#include "analyse/drift/made_slices.h"

namespace plimsoll::analyse {
namespace {

/// Six rows of four users; user 0 comes in both periods.
SliceRows six_rows() {
    SliceRows rows;
    rows.after = {0, 0, 0, 1, 1, 1};
    rows.loss = {0, 1, .5, 1, 1, .5};
    rows.weight = {1, 1, 2, 1, 1, 2};
    rows.session = {0, 1, 1, 2, 3, 4};
    rows.cluster = {0, 1, 1, 0, 2, 3};
    rows.held_out = {0, 0, 0, 0};
    return rows;
}

TEST(SliceChange, a_user_in_both_periods_counts_once) {
    const SliceRows rows = six_rows();
    const std::vector<std::uint32_t> all{0, 1, 2, 3, 4, 5};
    ChangeMeasure measure(rows);
    measure.measure(rows.loss, all);
    const auto change = measure.change(all);
    ASSERT_TRUE(change) << change.why();
    // By hand: before 2/4, after 3/4. Influences: user 0: (1 - .75)/4 - (0 - .5)/4 = .1875; user 1:
    // -((1 - .5) + 2 (.5 - .5))/4 = -.125; user 2: .0625; user 3: 2 (.5 - .75)/4 = -.125.
    EXPECT_DOUBLE_EQ(change->change, .25);
    EXPECT_DOUBLE_EQ(change->variance, 4.0 / 3 * (.1875 * .1875 + 2 * .125 * .125 + .0625 * .0625));
    EXPECT_EQ(change->before.clusters, 2u);
    EXPECT_EQ(change->before.sessions, 2u);
    EXPECT_EQ(change->after.clusters, 3u);
    EXPECT_EQ(change->after.interactions, 3u);
    EXPECT_EQ(change->degrees, 1);
}

TEST(SliceChange, all_passing_borrows_the_variance_of_wilson) {
    SliceRows rows = six_rows();
    rows.loss = {0, 0, 0, 0, 0, 0};
    const std::vector<std::uint32_t> all{0, 1, 2, 3, 4, 5};
    ChangeMeasure measure(rows);
    measure.measure(rows.loss, all);
    const auto change = measure.change(all);
    // Wilson at p = 0: [0, z^2 / (n + z^2)], n = 2 and 3 users; half its width is z standard
    // errors.
    const double z2 = 1.959963984540054 * 1.959963984540054;
    const double two = z2 / (2 + z2) / 2, three = z2 / (3 + z2) / 2;
    EXPECT_NEAR(change->variance, (two * two + three * three) / z2, 1e-15);
}

TEST(SliceChange, the_rest_takes_off_what_happened_to_all) {
    // Everything got worse by .2; the slice by .3: beyond the rest .1, over 400 noisy replicates.
    double mean = 0, covered = 0;
    const int replicates = 300;
    for (int r = 0; r < replicates; ++r) {
        const SliceRows rows = made_slices({.rows = 3000,
                                            .attributes = 1,
                                            .values = 4,
                                            .rows_per_session = 3,
                                            .session_spread = .1,
                                            .loss = .3,
                                            .effects = 0,
                                            .shift = .2,
                                            .where = {{0, 2}},
                                            .worse = .1,
                                            .seed = 100 + static_cast<unsigned>(r)});
        std::vector<std::uint32_t> all(rows.size()), slice;
        for (std::uint32_t row = 0; row < rows.size(); ++row) {
            all[row] = row;
            if (inside(rows, {{0, 2}}, row)) slice.push_back(row);
        }
        ChangeMeasure measure(rows);
        measure.measure(rows.loss, all);
        const auto excess = measure.change_beyond_rest(slice);
        mean += excess->change / replicates;
        covered += excess->interval().contains(.1);
    }
    EXPECT_NEAR(mean, .1, .01);  // Four Monte-Carlo errors: 4 * .04 / sqrt(300).
    EXPECT_NEAR(covered / replicates, .95, .04);
}

TEST(SliceChange, everything_has_no_rest) {
    const SliceRows rows = six_rows();
    const std::vector<std::uint32_t> all{0, 1, 2, 3, 4, 5};
    ChangeMeasure measure(rows);
    measure.measure(rows.loss, all);
    EXPECT_FALSE(measure.change_beyond_rest(all));
}

}  // namespace
}  // namespace plimsoll::analyse
