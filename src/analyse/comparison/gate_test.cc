#include "analyse/comparison/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace plimsoll::analyse {
namespace {

using ::testing::HasSubstr;

GateDimension binary(int gained, int lost, int n, double margin = .03) {
    GateDimension dimension{.name = "faithfulness", .margin = margin};
    for (int i = 0; i < n; ++i) {
        const bool baseline = i >= gained;
        const bool candidate = i < gained || i >= gained + lost;
        dimension.pairs.push_back(
            {"item" + std::to_string(i), double(baseline), double(candidate)});
    }
    return dimension;
}

GateReport judge(const GateDimension& dimension) {
    return judge_gate({&dimension, 1});
}

// docs/statistics/10-gate.md, TV-10.1: (14, 22, 400)
TEST(Gate, the_margin_decides_what_the_same_counts_mean) {
    EXPECT_EQ(judge(binary(14, 22, 400, .03)).outcome, GateOutcome::not_enough_evidence);
    EXPECT_EQ(judge(binary(14, 22, 400, .05)).outcome, GateOutcome::pass);
}

TEST(Gate, says_how_many_examples_would_decide) {
    const GateResult result = judge(binary(14, 22, 400)).dimensions[0];
    EXPECT_EQ(result.method, "Tango's score");
    // To pass (1.6449 + .8416)^2 .0896 / (.03 - .02)^2 = 5540; to fail (2.3263 + .8416)^2 .0896 /
    // .02^2 = 2248.1: the smaller one. .0896 = .09 - .02^2. By hand.
    EXPECT_EQ(*result.pairs_to_decide, 2249);
    EXPECT_THAT(result.says, HasSubstr("examples would decide"));
}

TEST(Gate, a_proved_loss_fails_and_a_tolerable_one_passes) {
    EXPECT_EQ(judge(binary(2, 30, 200)).outcome, GateOutcome::fail);
    const GateReport tolerable = judge(binary(20, 70, 5000));  // -1 point, proved, margin 3.
    EXPECT_EQ(tolerable.outcome, GateOutcome::pass);
    EXPECT_EQ(tolerable.dimensions[0].says, "worse, but by less than the margin");
}

TEST(Gate, one_dimension_that_cannot_tell_holds_the_others_back) {
    const std::vector<GateDimension> both{binary(0, 0, 400), binary(14, 22, 400)};
    EXPECT_EQ(judge_gate(both).outcome, GateOutcome::not_enough_evidence);
}

TEST(Gate, failing_is_corrected_for_the_number_of_dimensions) {
    const GateDimension worse = binary(10, 26, 200);  // z(0) = -16 / 6: p = .0038.
    EXPECT_EQ(judge(worse).outcome, GateOutcome::fail);
    const std::vector<GateDimension> many{worse, binary(9, 9, 60), binary(8, 8, 60)};
    EXPECT_EQ(judge_gate(many).outcome, GateOutcome::not_enough_evidence);  // .0114 > .01
}

TEST(Gate, too_many_unscored_examples_decide_nothing) {
    GateDimension dimension = binary(0, 0, 400);
    dimension.excluded = 8;
    EXPECT_EQ(judge(dimension).outcome, GateOutcome::pass);
    dimension.excluded = 9;  // 2.2%
    const GateReport report = judge(dimension);
    EXPECT_EQ(report.outcome, GateOutcome::not_enough_evidence);
    EXPECT_THAT(report.dimensions[0].says, HasSubstr("2.2% of the examples could not be scored"));
}

TEST(Gate, no_examples_are_not_enough) {
    EXPECT_EQ(judge_gate({}).outcome, GateOutcome::not_enough_evidence);
    EXPECT_EQ(judge({.name = "tone"}).dimensions[0].says, "there is no example");
}

TEST(Gate, examples_of_one_conversation_count_as_one_when_they_move_together) {
    // 20 conversations of 20: in three of them the candidate loses everything.
    GateDimension dimension{.name = "tone"};
    for (int i = 0; i < 400; ++i) {
        dimension.pairs.push_back({"c" + std::to_string(i / 20), 1, i < 60 ? 0. : 1.});
    }
    const GateResult clustered = judge(dimension).dimensions[0];
    EXPECT_EQ(clustered.method, "clusters, Tango's score, Student's t of 19");
    EXPECT_EQ(clustered.outcome, GateOutcome::not_enough_evidence);
    for (int i = 0; i < 400; ++i) dimension.pairs[i].cluster = std::to_string(i);
    EXPECT_EQ(judge(dimension).outcome, GateOutcome::fail);
}

TEST(Gate, fewer_than_eight_conversations_say_nothing) {
    GateDimension dimension{.name = "tone"};
    for (int i = 0; i < 70; ++i) dimension.pairs.push_back({std::to_string(i % 7), 1, 1});
    EXPECT_EQ(judge(dimension).dimensions[0].method, "7 clusters, too few");
    EXPECT_EQ(judge(dimension).outcome, GateOutcome::not_enough_evidence);
}

TEST(Gate, graded_scores_take_betting_while_they_are_few) {
    GateDimension dimension{.name = "tone", .margin = .1};
    for (int i = 0; i < 80; ++i) dimension.pairs.push_back({std::to_string(i), .8, .81});
    GateReport report = judge(dimension);
    EXPECT_EQ(report.dimensions[0].method, "hedged betting");
    EXPECT_EQ(report.outcome, GateOutcome::pass);
    for (GatePair& pair : dimension.pairs) pair.candidate = .3;
    EXPECT_EQ(judge(dimension).outcome, GateOutcome::fail);
}

TEST(Gate, weights_of_an_incident_are_used) {
    // Nine of ten sampled examples are anomalies that got better; the traffic they stand for did
    // not.
    GateDimension dimension{.name = "tone"};
    for (int i = 0; i < 300; ++i) {
        const bool anomaly = i % 10 != 0;
        dimension.pairs.push_back(
            {std::to_string(i), anomaly ? 0. : 1., anomaly ? 1. : 0., anomaly ? 1. : 100.});
    }
    EXPECT_LT(judge(dimension).dimensions[0].candidate, judge(dimension).dimensions[0].baseline);
    EXPECT_EQ(judge(dimension).outcome, GateOutcome::fail);
}

// (1 - .03) z^2 / .03 = 87.5 clusters, z = 1.6449: docs/statistics/10-gate.md.
TEST(Gate, a_few_conversations_without_a_difference_prove_nothing) {
    GateDimension dimension{.name = "tone"};
    for (int i = 0; i < 400; ++i) dimension.pairs.push_back({std::to_string(i / 20), 1, 1});
    const GateResult few = judge(dimension).dimensions[0];
    EXPECT_EQ(few.method, "20 clusters alike, Tango's score");
    EXPECT_EQ(few.outcome, GateOutcome::not_enough_evidence);
    EXPECT_EQ(*few.pairs_to_decide, std::ceil(87.48 * 20));
    dimension.pairs.clear();
    for (int i = 0; i < 400; ++i) dimension.pairs.push_back({std::to_string(i / 4), 1, 1});
    EXPECT_EQ(judge(dimension).outcome, GateOutcome::pass);
}

}  // namespace
}  // namespace plimsoll::analyse
