#include "analyse/drift/slice_discovery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyse/drift/made_slices.h"
#include "analyse/drift/slice_index.h"

namespace plimsoll::analyse {
namespace {

using ::testing::ElementsAre;

MadeSlices small_traffic() {
    return {.rows = 24'000,
            .attributes = 6,
            .values = 4,
            .rows_per_session = 3,
            .session_spread = 0.04};
}

TEST(SliceDiscovery, finds_the_conjunction_that_regressed_and_none_of_its_shadows) {
    MadeSlices made = small_traffic();
    made.where = {{1, 2}, {3, 4}};
    made.worse = 0.2;
    const SliceRows rows = made_slices(made);
    const auto discovery = discover_slices(rows);
    ASSERT_TRUE(discovery) << discovery.why();
    ASSERT_FALSE(discovery->slices.empty());
    const FoundSlice& first = discovery->slices[0];
    EXPECT_EQ(to_text(rows, first.where), "a1=v2 & a3=v4");
    EXPECT_TRUE(first.confirmed);
    EXPECT_TRUE(first.excess.interval().contains(0.2));
    EXPECT_GT(first.impact, 0);
    EXPECT_NEAR(first.share, 1.0 / 16, 0.01);
    for (std::size_t i = 1; i < discovery->slices.size(); ++i)
        EXPECT_FALSE(discovery->slices[i].confirmed) << to_text(rows, discovery->slices[i].where);
}

TEST(SliceDiscovery, what_was_always_bad_is_not_a_regression) {
    MadeSlices made = small_traffic();
    made.always_bad = {{0, 1}, {2, 3}};
    made.bad = 0.4;
    const SliceRows rows = made_slices(made);
    const auto discovery = discover_slices(rows);
    ASSERT_TRUE(discovery);
    for (const FoundSlice& slice : discovery->slices) {
        EXPECT_FALSE(slice.confirmed) << to_text(rows, slice.where);
        EXPECT_NE(slice.where, made.always_bad);
    }
}

TEST(SliceDiscovery, depth_four_is_found_by_the_beam) {
    MadeSlices made = small_traffic();
    made.values = 2;
    made.where = {{0, 1}, {1, 2}, {3, 1}, {5, 2}};
    made.worse = 0.35;
    const SliceRows rows = made_slices(made);
    const auto discovery = discover_slices(rows, {.depth = 4});
    ASSERT_TRUE(discovery);
    ASSERT_FALSE(discovery->slices.empty());
    EXPECT_EQ(discovery->slices[0].where, made.where);
    EXPECT_TRUE(discovery->slices[0].confirmed);
}

TEST(SliceDiscovery, one_thread_and_three_say_the_same_bit_for_bit) {
    MadeSlices made = small_traffic();
    made.where = {{1, 2}};
    made.worse = 0.05;
    const SliceRows rows = made_slices(made);
    DiscoveryOptions options;
    const auto one = discover_slices(rows, options);
    options.scan.threads = 3;
    const auto three = discover_slices(rows, options);
    EXPECT_EQ(one->examined, three->examined);
    ASSERT_EQ(one->slices.size(), three->slices.size());
    for (std::size_t i = 0; i < one->slices.size(); ++i) {
        EXPECT_EQ(one->slices[i].where, three->slices[i].where);
        EXPECT_EQ(one->slices[i].search_score, three->slices[i].search_score);
        EXPECT_EQ(one->slices[i].p, three->slices[i].p);
    }
}

TEST(SliceDiscovery, an_empty_period_is_answered_with_words) {
    SliceRows rows = made_slices({.rows = 1000, .attributes = 2});
    std::ranges::fill(rows.after, std::uint8_t{0});
    EXPECT_THAT(discover_slices(rows).why(), ::testing::HasSubstr("none after"));
}

/// Sums of a conjunction, cell by cell: what the scan must agree with.
SliceSums sums_of(const SliceCells& cells, const std::vector<CellResidual>& residuals,
                  const Conjunction& where) {
    SliceSums sums;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (std::ranges::all_of(
                where, [&](const Predicate& p) { return cells.codes[p.attribute][i] == p.code; }))
            sums.add(residuals[i], i >= cells.before);
    return sums;
}

TEST(SliceScan, every_candidate_has_the_sums_that_counting_it_alone_gives) {
    // 60 x 60 x 60 values in tables of 16 384 places: done in turns. And few values: cells added
    // up.
    for (const std::size_t values : {60, 3}) {
        const SliceRows rows = made_slices({.rows = 20'000, .attributes = 3, .values = values});
        const SliceCells cells = cells_of(rows, false);
        EXPECT_EQ(cells.size() < 200, values == 3);
        const auto residuals = residuals_of(cells, fit_expected_loss(cells));
        const Scan scan = scan_slices(
            {cells, residuals}, 3,
            {.support_min = 1, .score_min = -99, .surprise_min = -99, .kept_max = 1'000'000});
        std::size_t triples = 0, checked = 0;
        for (const Candidate& candidate : scan.candidates) {
            if (candidate.where.size() == 3) ++triples;
            if (++checked % 37 != 0) continue;
            const SliceSums alone = sums_of(cells, residuals, candidate.where);
            EXPECT_NEAR(candidate.sums.after.residual, alone.after.residual, 1e-9);
            EXPECT_NEAR(candidate.sums.before.variance, alone.before.variance, 1e-9);
            EXPECT_EQ(candidate.sums.before.n, alone.before.n);
        }
        EXPECT_GT(triples, 5u);
    }
}

TEST(ExpectedLoss, recovers_main_effects_and_the_shift) {
    SliceRows rows = made_slices({.rows = 200'000, .attributes = 2, .values = 3, .effects = 0.05});
    // Losses without chance: .1 + .02 a0 + .03 a1, and .04 since.
    for (std::size_t row = 0; row < rows.size(); ++row)
        rows.loss[row] = 0.1 + 0.02 * rows.attributes[0].codes[row] +
                         0.03 * rows.attributes[1].codes[row] + (rows.after[row] ? 0.04 : 0);
    const SliceCells cells = cells_of(rows, false);
    const ExpectedLoss fit = fit_expected_loss(cells);
    EXPECT_NEAR(fit.shift, 0.04, 1e-5);
    EXPECT_NEAR(fit.effects[1][3] - fit.effects[1][1], 0.06, 1e-4);
    EXPECT_NEAR(fit.before([](std::size_t a) { return a == 0 ? 2 : 3; }), 0.23, 1e-4);
    EXPECT_LT(fit.dispersion, 1e-4);  // Nothing is left to chance.
}

TEST(SliceIndex, holds_the_rows_that_reading_all_gives) {
    const SliceRows rows = made_slices({.rows = 5000, .attributes = 3, .values = 3});
    std::vector<std::uint32_t> odd, expected;
    for (std::uint32_t row = 1; row < rows.size(); row += 2) odd.push_back(row);
    const Conjunction where{{0, 2}, {2, 1}};
    for (const std::uint32_t row : odd)
        if (inside(rows, where, row)) expected.push_back(row);
    const SliceIndex index(rows, odd);
    EXPECT_EQ(index.rows_of(where), expected);
    EXPECT_EQ(index.rows_of({}), odd);
}

}  // namespace
}  // namespace plimsoll::analyse
