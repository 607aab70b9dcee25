#include "analyse/comparison/refusals.h"

#include <gtest/gtest.h>

namespace plimsoll::analyse {
namespace {

using Within = RefusalBalance::Within;

TEST(Refusals, both_rates_stand_side_by_side) {
    // docs/statistics/9-refusals-latency-cost.md, TV-9.1: 30/1000 v 12/800, Koopman.
    const auto balance = refusal_balance({{30, 1000}, {12, 800}});
    EXPECT_NEAR(balance->ratio.low, 1.04390753, 5e-9);
    EXPECT_NEAR(balance->ratio.high, 3.84002761, 5e-8);
    EXPECT_EQ(balance->band, Within::unclear);
    EXPECT_EQ(refusal_balance({{300, 1000}, {12, 800}})->band, Within::no);
    EXPECT_EQ(refusal_balance({{12, 800}, {300, 1000}})->band, Within::no);
    EXPECT_EQ(refusal_balance({{500, 5000}, {490, 5000}})->band, Within::yes);
}

TEST(Refusals, what_has_no_rate_has_no_balance) {
    EXPECT_EQ(refusal_balance({{3, 10}, {0, 0}}).why(), "nothing that should be refused");
    EXPECT_EQ(refusal_balance({{0, 0}, {3, 10}}).why(), "nothing that should be answered");
    EXPECT_FALSE(refusal_balance({{0, 10}, {0, 10}}));
    EXPECT_EQ(refusal_balance({{300, 1000}, {0, 1000}})->band, Within::no) << "one zero is no end";
}

TEST(Refusals, the_p_is_that_of_the_interval) {
    const Share first = {30, 1000}, second = {12, 800};
    const auto interval = koopman(first, second);
    EXPECT_NEAR(koopman_p(first, second, interval->low), .025, 1e-9);
    EXPECT_NEAR(koopman_p(first, second, interval->high), .975, 1e-9);
    EXPECT_EQ(koopman_p({0, 9}, {0, 9}, 1), 1);
}

std::vector<RefusalGroup> languages() {
    return {{"language=en", {{200, 10000}, {50, 1000}}},
            {"language=de", {{22, 1000}, {6, 100}}},
            {"language=sw", {{80, 1000}, {4, 100}}},
            {"language=is", {{0, 0}, {0, 10}}}};
}

TEST(Refusals, the_group_that_is_refused_too_often_is_found_and_no_other) {
    const std::vector<RefusalGroup> groups = languages();
    const auto found = refusal_asymmetries(groups);
    ASSERT_EQ(found.size(), 8u);
    for (const RefusalAsymmetry& one : found) {
        EXPECT_EQ(one.alert, one.group == "language=sw" && one.kind == RefusalKind::over)
            << one.group;
    }
    EXPECT_EQ(found[6].ratio.why(), "nothing to compare");
    EXPECT_GT(found[4].ratio->low, 1.25);
}

TEST(Refusals, a_large_ratio_of_few_is_no_alert) {
    // 5 of 100 against 3 of 100 is a ratio of 1.67 that nobody can be sure of.
    const auto found = refusal_asymmetries(std::vector<RefusalGroup>{
        {"plan=free", {{5, 100}, {1, 50}}}, {"plan=paid", {{3, 100}, {1, 50}}}});
    for (const RefusalAsymmetry& one : found) EXPECT_FALSE(one.alert);
}

TEST(Refusals, do_not_depend_on_the_order_of_the_groups) {
    const std::vector<RefusalGroup> forth = languages();
    const std::vector<RefusalGroup> back(forth.rbegin(), forth.rend());
    const auto one = refusal_asymmetries(forth), other = refusal_asymmetries(back);
    for (const RefusalAsymmetry& a : one) {
        for (const RefusalAsymmetry& b : other) {
            if (a.group == b.group && a.kind == b.kind) {
                EXPECT_DOUBLE_EQ(a.adjusted_p, b.adjusted_p);
            }
        }
    }
}

}  // namespace
}  // namespace plimsoll::analyse
