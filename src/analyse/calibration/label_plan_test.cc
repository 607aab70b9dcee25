#include "analyse/calibration/label_plan.h"

#include <gtest/gtest.h>

#include <cmath>

namespace plimsoll::analyse {
namespace {

TraceId trace(std::uint64_t number) {
    TraceId id;
    for (int i = 0; i < 8; ++i) id.bytes[8 + i] = static_cast<std::uint8_t>(number >> (8 * i));
    return id;
}

TEST(LabelPlan, a_week_with_nothing_before_it_is_queued_whole) {
    EXPECT_EQ(label_plan({}).pass, 1);
    EXPECT_EQ(label_plan({}).fail, 1);
}

TEST(LabelPlan, a_third_of_what_is_drawn_by_verdict_goes_to_failures) {
    const LabelPlan plan = label_plan({.passes = 3'800, .fails = 200});
    EXPECT_DOUBLE_EQ(plan.audit, 20. / 4'000);  // A quarter of 80, evenly.
    EXPECT_DOUBLE_EQ(plan.fail, 20. / 4'000 + 20. / 200);
    EXPECT_DOUBLE_EQ(plan.pass, 20. / 4'000 + 40. / 3'800);
}

TEST(LabelPlan, what_is_drawn_comes_as_often_as_its_probability_says) {
    const LabelPlan plan = label_plan({.passes = 3'600, .fails = 400});
    double expected = 0, variance = 0;
    int drawn = 0, audited = 0;
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        const double score = i % 10 == 0 ? 0 : 1;
        const double rate = score < 0.5 ? plan.fail : plan.pass;
        expected += rate;
        variance += rate * (1 - rate);
        if (const auto one = draw_for_label(plan, "tone", trace(i), score)) {
            ++drawn;
            EXPECT_EQ(one->inclusion, rate);
            EXPECT_LT(one->order, 1);
            audited += one->reason == record::LabelReason::random_audit;
        }
    }
    EXPECT_NEAR(drawn, expected, 4 * std::sqrt(variance));
    EXPECT_NEAR(audited, 100'000 * plan.audit, 4 * std::sqrt(100'000 * plan.audit));
}

TEST(LabelPlan, dimensions_draw_apart_and_three_of_ten_get_a_second_label) {
    const LabelPlan half{.audit = 0, .pass = 0.5, .fail = 0.5};
    int both = 0, two = 0;
    for (std::uint64_t i = 0; i < 10'000; ++i) {
        both += draw_for_label(half, "tone", trace(i), 1) &&
                draw_for_label(half, "format", trace(i), 1);
        two += wants_two("tone", trace(i));
        EXPECT_EQ(wants_two("tone", trace(i)), wants_two("tone", trace(i)));
    }
    EXPECT_NEAR(both, 2'500, 4 * std::sqrt(10'000 * .25 * .75));
    EXPECT_NEAR(two, 3'000, 4 * std::sqrt(10'000 * .3 * .7));
}

}  // namespace
}  // namespace plimsoll::analyse
