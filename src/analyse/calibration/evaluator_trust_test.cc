#include "analyse/calibration/evaluator_trust.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace plimsoll::analyse {
namespace {

constexpr UnixNanos day = 86'400 * nanos_per_second;
constexpr UnixNanos monday = 1'767'571'200 * nanos_per_second;  // 2026-01-05T00:00:00Z

/// Adds tp, fp, fn, tn items; positive is the failing class.
void add(TrustQuestion& question, UnixNanos labelled, int tp, int fp, int fn, int tn,
         const std::map<std::string, std::string>& slices = {}) {
    const auto some = [&](int count, double judge, double human) {
        for (int i = 0; i < count; ++i)
            question.items.push_back({.item = "item " + std::to_string(question.items.size()),
                                      .labelled = labelled,
                                      .score = judge,
                                      .people = {human},
                                      .weight = {},
                                      .slices = slices});
    };
    some(tp, 0, 0);
    some(fp, 0, 1);
    some(fn, 1, 0);
    some(tn, 1, 1);
}

TrustQuestion on_monday(int tp, int fp, int fn, int tn) {
    TrustQuestion question{.items = {}, .now = monday + day, .suspended = {}};
    add(question, monday, tp, fp, fn, tn);
    return question;
}

TEST(EvaluatorTrust, weeks_begin_on_monday) {
    EXPECT_EQ(week_of(monday), monday);
    EXPECT_EQ(week_of(monday + 7 * day - 1), monday);
    EXPECT_EQ(week_of(monday - 1), monday - 7 * day);
    EXPECT_EQ(week_of(4 * day), 4 * day);
}

TEST(EvaluatorTrust, eighty_labels_open_the_gate_of_a_good_judge) {
    const auto trust = trust_of(on_monday(30, 5, 6, 39));
    // docs/statistics/1-agreement.md, TV-1.1
    EXPECT_NEAR(*trust.agreement.judge[0].value, 0.7217503176, 1e-9);
    EXPECT_NEAR(trust.agreement.judge[0].interval->low, 0.5144430495, 1e-9);
    EXPECT_NEAR(trust.agreement.judge[0].interval->high, 0.8279713071, 1e-9);
    EXPECT_NEAR(*trust.probability, 0.8778635905, 1e-9);
    EXPECT_EQ(trust.trust, Trust::open);
    EXPECT_EQ(trust.confusion, (Confusion{30, 5, 6, 39}));
    EXPECT_EQ(trust.misses.size(), 11u);
    EXPECT_EQ(trust.due, monday + calibration_lasts);
    EXPECT_FALSE(trust.weighted);
}

TEST(EvaluatorTrust, the_same_number_near_the_threshold_is_provisional) {
    const auto trust = trust_of(on_monday(8, 3, 4, 65));
    EXPECT_NEAR(*trust.probability, 0.5741461694, 1e-9);  // TV-1.2
    EXPECT_EQ(trust.trust, Trust::provisional);
    EXPECT_GT(trust.agreement.needed->even, 0u);
}

TEST(EvaluatorTrust, without_labels_nobody_is_trusted) {
    const auto trust = trust_of({.items = {}, .now = monday, .suspended = {}});
    EXPECT_EQ(trust.trust, Trust::closed);
    EXPECT_EQ(trust.why, "no labels, 40 are needed");
    EXPECT_TRUE(trust.weeks.empty());
    EXPECT_FALSE(trust.due);
}

TEST(EvaluatorTrust, the_order_of_labels_changes_nothing) {
    TrustQuestion question = on_monday(20, 5, 6, 30);
    add(question, monday + 8 * day, 9, 1, 3, 20);
    question.now = monday + 9 * day;
    const auto one = trust_of(question);
    std::ranges::reverse(question.items);
    const auto other = trust_of(question);
    EXPECT_EQ(one.probability, other.probability);
    EXPECT_EQ(one.weeks.size(), 2u);
    ASSERT_EQ(one.misses.size(), other.misses.size());
    for (std::size_t i = 0; i < one.misses.size(); ++i)
        EXPECT_EQ(one.misses[i].item, other.misses[i].item);
}

TEST(EvaluatorTrust, labels_fade_until_new_ones_are_needed) {
    TrustQuestion question = on_monday(30, 5, 6, 39);
    question.now = monday + 29 * day;  // The fifth week: 80 * 2^(-4/4) = 40 labels.
    const auto then = trust_of(question);
    EXPECT_EQ(then.weeks.size(), 5u);
    EXPECT_EQ(then.weeks[1].labels, 0u);
    EXPECT_FALSE(then.weeks[1].agreement.value);
    question.now = monday + 36 * day;
    const auto later = trust_of(question);
    EXPECT_NE(later.trust, Trust::open);
    EXPECT_THAT(later.why, testing::HasSubstr("labels, 40 are needed"));
}

TEST(EvaluatorTrust, a_bad_week_alone_closes_it) {
    TrustQuestion question = on_monday(60, 5, 6, 79);
    add(question, monday + 8 * day, 4, 20, 20, 36);
    question.now = monday + 9 * day;
    const auto trust = trust_of(question);
    EXPECT_EQ(trust.weeks[0].trust, Trust::open);
    EXPECT_EQ(trust.trust, Trust::closed);
    EXPECT_THAT(trust.why, testing::HasSubstr("this week alone"));
}

TEST(EvaluatorTrust, a_suspended_judge_is_provisional_until_labels_decide) {
    TrustQuestion question{.items = {}, .now = monday + day, .suspended = monday};
    EXPECT_EQ(trust_of(question).trust, Trust::provisional);
    EXPECT_EQ(trust_of(question).relabelling, Relabelling::label_more);
    add(question, monday + day, 4, 1, 1, 14);  // The first batch of twenty.
    EXPECT_EQ(trust_of(question).trust, Trust::provisional);
    add(question, monday + day, 10, 0, 1, 30);
    const auto trust = trust_of(question);
    EXPECT_EQ(trust.trust, Trust::open);
    EXPECT_EQ(trust.relabelling, Relabelling::reopen);
}

TEST(EvaluatorTrust, good_overall_and_useless_on_one_slice_is_said) {
    TrustQuestion question = on_monday(0, 0, 0, 0);
    add(question, monday, 80, 6, 6, 208, {{"language", "en"}});
    add(question, monday, 0, 0, 15, 25, {{"language", "de"}});  // It passes whatever is German.
    add(question, monday, 2, 0, 0, 3, {{"language", "fr"}});    // Too few to say anything.
    const auto trust = trust_of(question);
    EXPECT_EQ(trust.trust, Trust::open);
    ASSERT_EQ(trust.slices.size(), 2u);
    EXPECT_EQ(trust.slices[0].value, "de");
    EXPECT_TRUE(trust.slices[0].useless);
    EXPECT_FALSE(trust.slices[0].agreement.value) << "one verdict only: no MCC, but a verdict";
    EXPECT_LT(*trust.slices[0].probability, 0.05);
    EXPECT_FALSE(trust.slices[1].useless);
}

TEST(EvaluatorTrust, people_who_split_evenly_count_for_nothing_and_a_third_decides) {
    TrustQuestion question = on_monday(20, 0, 0, 20);
    question.items.push_back({.item = "split",
                              .labelled = monday,
                              .score = 1,
                              .people = {1, 0},
                              .weight = {},
                              .slices = {}});
    EXPECT_EQ(trust_of(question).agreement.split, 1u);
    EXPECT_EQ(trust_of(question).confusion.total(), 40);
    question.items.back().people.push_back(0);
    EXPECT_EQ(trust_of(question).confusion.fn, 1);
}

TEST(EvaluatorTrust, a_decider_settles_an_item_and_is_no_second_disagreement) {
    TrustQuestion question = on_monday(0, 0, 0, 0);
    const auto two = [&](int count, double first, double second, std::vector<double> deciders) {
        for (int i = 0; i < count; ++i)
            question.items.push_back({.item = std::to_string(question.items.size()),
                                      .labelled = monday,
                                      .score = first,
                                      .people = {first, second},
                                      .deciders = deciders,
                                      .weight = {},
                                      .slices = {}});
    };
    two(40, 1, 1, {});
    two(20, 0, 0, {});
    const double alone = *trust_of(question).agreement.people[0].value;
    two(4, 1, 0, {});
    const auto open = trust_of(question);
    EXPECT_EQ(open.agreement.split, 4u);
    for (LabelledItem& item : question.items)
        if (item.people[0] != item.people[1]) item.deciders = {0};
    const auto decided = trust_of(question);
    EXPECT_EQ(decided.agreement.split, 0u);
    EXPECT_EQ(decided.confusion.fn, 4) << "two of three say it fails";
    EXPECT_EQ(*decided.agreement.people[0].value, *open.agreement.people[0].value);
    EXPECT_LT(*decided.agreement.people[0].value, alone);
    EXPECT_FALSE(decided.agreement.blocked);
}

TEST(EvaluatorTrust, items_that_were_picked_step_back_once_enough_were_drawn) {
    TrustQuestion question = on_monday(20, 5, 5, 30);
    for (LabelledItem& item : question.items) item.weight = *item.score == 0 ? 1 : 10;
    EXPECT_TRUE(trust_of(question).weighted);
    EXPECT_LT(trust_of(question).agreement.evidence.labels, 60);
    question.items[0].weight = std::nullopt;
    EXPECT_TRUE(trust_of(question).weighted);
    EXPECT_EQ(trust_of(question).left_out, 1u);
    EXPECT_EQ(trust_of(question).agreement.compared, 59u);
    for (std::size_t i = 0; i < 21; ++i) question.items[i].weight = std::nullopt;
    EXPECT_FALSE(trust_of(question).weighted) << "39 are too few";
    EXPECT_EQ(trust_of(question).agreement.evidence.labels, 60);
}

TEST(EvaluatorTrust, graded_labels_are_compared_by_rank) {
    TrustQuestion question{.items = {}, .now = monday, .suspended = {}};
    for (int i = 0; i < 120; ++i) {
        const double human = (i % 5) / 4.0;
        question.items.push_back({.item = std::to_string(i),
                                  .labelled = monday,
                                  .score = i % 11 == 0 ? 1 - human : human,
                                  .people = {human},
                                  .weight = {},
                                  .slices = {}});
    }
    const auto trust = trust_of(question);
    EXPECT_EQ(trust.agreement.judge[0].name, "Spearman");
    EXPECT_EQ(trust.trust, Trust::open);
    EXPECT_FALSE(trust.misses.empty());
}

}  // namespace
}  // namespace plimsoll::analyse
