#include "analyse/calibration/agreement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

using ::testing::HasSubstr;

Labels binary(int tp, int fp, int fn, int tn) {
    Labels labels;
    labels.people.resize(1);
    const auto add = [&](int count, double judge, double human) {
        for (int i = 0; i < count; ++i) {
            labels.judge.push_back(judge);
            labels.people[0].push_back(human);
        }
    };
    add(tp, 1, 1);
    add(fp, 1, 0);
    add(fn, 0, 1);
    add(tn, 0, 0);
    return labels;
}

TEST(Agreement, of_a_yes_no_judge) {  // docs/statistics/1-agreement.md, TV-1.1
    const Agreement agreement = agreement_of(binary(30, 5, 6, 39));
    EXPECT_EQ(agreement.judge[0].name, "MCC");
    EXPECT_NEAR(*agreement.judge[0].value, 0.7217503176, 1e-10);
    EXPECT_NEAR(agreement.judge[0].interval->low, 0.5144430495, 1e-10);
    EXPECT_NEAR(*agreement.gate.probability, 0.8778635905, 1e-10);
    EXPECT_EQ(agreement.gate.trust, Trust::open);
    EXPECT_EQ(agreement.needed->even, 0u);
    EXPECT_TRUE(agreement.people.empty());
    EXPECT_EQ(agreement.ceiling.why(), "no item has two human labels");
}

TEST(Agreement, counts_what_it_could_not_compare) {
    Labels labels = binary(3, 0, 0, 4);
    labels.judge[0].reset();
    labels.people[0][1].reset();
    labels.people.push_back({{}, {}, 0, {}, {}, {}, 0});  // Item 2: one says fail, one pass.
    const Agreement agreement = agreement_of(labels);
    EXPECT_EQ(agreement.items, 7u);
    EXPECT_EQ(agreement.without_judge, 1u);
    EXPECT_EQ(agreement.without_people, 1u);
    EXPECT_EQ(agreement.split, 1u);
    EXPECT_EQ(agreement.compared, 4u);
    EXPECT_EQ(agreement.judge[0].value.why(), "every judge verdict is the same");
    EXPECT_EQ(agreement.gate.trust, Trust::closed);
}

TEST(Agreement, of_several_people_has_a_ceiling_and_is_blocked_where_they_disagree) {
    CounterRandom dice(11);
    Labels good, bad;
    for (Labels* labels : {&good, &bad}) {
        const double error = labels == &good ? 0.05 : 0.3;
        labels->people.resize(2);
        for (int i = 0; i < 300; ++i) {
            const bool truth = dice.uniform() < 0.3;
            const auto says = [&](double wrong) { return truth != (dice.uniform() < wrong); };
            labels->judge.push_back(says(0.05));
            for (auto& person : labels->people) person.push_back(says(error));
        }
    }
    const Agreement clear = agreement_of(good);
    EXPECT_FALSE(clear.blocked);
    EXPECT_GT(clear.ceiling->judge_max, 0.8);
    EXPECT_GT(clear.ceiling->against_truth, *clear.judge_and_one->value);
    EXPECT_TRUE(clear.people[0].interval->contains(*clear.people[0].value));
    const Agreement unclear = agreement_of(bad);
    EXPECT_TRUE(unclear.blocked);
    EXPECT_EQ(unclear.gate.trust, Trust::closed);
    EXPECT_THAT(unclear.gate.why, HasSubstr("people cannot reproduce the rubric: MCC 0."));
}

TEST(Agreement, of_classes_and_of_grades_reads_other_statistics) {
    Labels classes;  // docs/statistics/1-agreement.md, TV-1.3
    classes.scale = Scale::multiclass;
    classes.people.resize(1);
    const int rows[3][3] = {{21, 2, 3}, {3, 24, 5}, {1, 4, 17}};
    for (int human = 0; human < 3; ++human)
        for (int judge = 0; judge < 3; ++judge)
            for (int n = 0; n < rows[human][judge]; ++n) {
                classes.judge.push_back(judge);
                classes.people[0].push_back(human);
            }
    EXPECT_NEAR(*agreement_of(classes).judge[0].value, 0.661474741449, 1e-11);

    Labels grades;  // TV-1.4
    grades.scale = Scale::graded;
    grades.judge = {1, 2, 2, 4, 4, 6, 6, 8, 9, 9};
    grades.people = {{1, 2, 4, 4, 4, 4, 8, 8, 8, 10}};
    const Agreement graded = agreement_of(grades);
    EXPECT_NEAR(*graded.judge[0].value, 0.917137868554, 1e-11);
    EXPECT_NEAR(*graded.judge[1].value, 0.85895569, 5e-9);
    EXPECT_EQ(graded.rules.threshold, rank_threshold);
}

TEST(Agreement, of_weighted_labels_is_wider) {
    Labels labels = binary(30, 5, 6, 39);
    const double even = agreement_of(labels).judge[0].interval->width();
    labels.weights.assign(80, 1);
    EXPECT_EQ(agreement_of(labels).judge[0].interval->width(), even);
    for (std::size_t i = 0; i < 80; i += 2) labels.weights[i] = 9;
    EXPECT_GT(agreement_of(labels).judge[0].interval->width(), even);
}

TEST(Agreement, of_grades_keeps_ties_whoever_gave_which) {
    // (0.4 + 0.2 + 0.4) / 3 and (0.4 + 0 + 0.6) / 3 differ in the last bit, and are tied all the
    // same.
    Labels labels;
    labels.scale = Scale::graded;
    labels.judge = {1, 2, 3, 4};
    labels.people = {{0.4, 0.4, 0.5, 0.7}, {0.2, 0, 0.5, 0.7}, {0.4, 0.6, 0.5, 0.7}};
    EXPECT_NEAR(*agreement_of(labels).judge[0].value, 0.9486832980505138, 1e-15);  // sqrt(.9)
}

}  // namespace
}  // namespace plimsoll::analyse
