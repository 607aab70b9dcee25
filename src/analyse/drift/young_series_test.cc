#include "analyse/drift/young_series.h"

#include <gtest/gtest.h>

namespace plimsoll::analyse {
namespace {

SeriesReport young(std::initializer_list<double> means, std::size_t reference) {
    SeriesReport report;
    for (const double mean : means) {
        report.weeks.push_back({static_cast<double>(report.weeks.size()) * 604'800, mean, 1e-6, 0});
    }
    report.reference_weeks = reference;
    report.verdicts = week_verdicts(report.weeks, reference);
    return report;
}

TEST(YoungSeries, borrow_their_spread_from_their_siblings) {
    SeriesReport a = young({.90, .91, .90, .91, .85}, 4), b = young({.80, .82, .81, .80, .81}, 4),
                 c = young({.70, .71, .72, .70, .71}, 4), old = young({.9, .9, .9, .9, .9}, 3);
    ASSERT_FALSE(a.verdicts[0].test);
    SeriesReport* all[] = {&a, &b, &c, &old};
    test_young_series(all);
    ASSERT_TRUE(a.verdicts[0].test);
    // Squares about the means: 1e-4, 2.75e-4 and 2.75e-4, each over 3 (by hand).
    const double variances[] = {1e-4 / 3, 2.75e-4 / 3, 2.75e-4 / 3};
    const double means[] = {.90, .91, .90, .91};
    const auto expected = moderated_weekly_test(means, .85, *pooled_spread(variances, 3));
    EXPECT_NEAR(a.verdicts[0].test->p, expected->p, 1e-9);
    EXPECT_LT(a.verdicts[0].test->p, .01);
    EXPECT_GT(b.verdicts[0].test->p, .5);
    EXPECT_FALSE(old.verdicts[0].test);
}

TEST(YoungSeries, two_are_too_few_to_borrow_from) {
    SeriesReport a = young({.90, .91, .90, .91, .85}, 4), b = young({.80, .82, .81, .80, .81}, 4);
    SeriesReport* both[] = {&a, &b};
    test_young_series(both);
    EXPECT_FALSE(a.verdicts[0].test);
}

}  // namespace
}  // namespace plimsoll::analyse
