#include "analyse/gate/paired_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analyse/drift/confidence_sequence.h"
#include "analyse/gate/sequential_gate.h"

namespace plimsoll::analyse {
namespace {

using ::testing::HasSubstr;

/// b examples that only the candidate passes, c that only the baseline does, of n.
PairedSample binary_sample(int b, int c, int n, std::string dimension = "") {
    PairedSample sample{.dimension = std::move(dimension)};
    for (int i = 0; i < n; ++i) {
        sample.differences.push_back({std::to_string(i), i < b ? 1. : i < b + c ? -1. : 0.});
    }
    return sample;
}

GateVerdict decide(const PairedSample& sample, double margin) {
    return decide_gate({&sample, 1}, {.margin = margin}).verdict;
}

TEST(PairedGate, agrees_with_TV_10_1) {  // (14,22,400), docs/statistics/10-gate.md
    EXPECT_EQ(decide(binary_sample(14, 22, 400), .03), GateVerdict::inconclusive);
    EXPECT_EQ(decide(binary_sample(14, 22, 400), .05), GateVerdict::pass);
}

TEST(PairedGate, tells_how_many_examples_would_decide) {
    const auto sample = binary_sample(14, 22, 400);
    const auto report = decide_gate({&sample, 1});
    // By hand: (1.6449 + .8416)^2 (.09 - .0004) / (.03 - .02)^2 = 5540 to pass,
    // (2.3263 + .8416)^2 (.09 - .0004) / .02^2 = 2248 to fail: sooner.
    EXPECT_NEAR(static_cast<double>(*report.dimensions[0].decides), 2248, 1);
    EXPECT_THAT(report.dimensions[0].why, HasSubstr("examples would decide"));
}

TEST(PairedGate, fails_what_is_proved_worse_and_passes_what_is_proved_tolerable) {
    EXPECT_EQ(decide(binary_sample(5, 40, 400), .03), GateVerdict::fail);
    EXPECT_EQ(decide(binary_sample(100, 200, 10000), .03), GateVerdict::pass);  // z(0) = -5.8
}

TEST(PairedGate, all_dimensions_must_pass_and_failing_pays_for_their_number) {
    std::vector<PairedSample> samples = {binary_sample(0, 0, 400, "tone"),
                                         binary_sample(3, 14, 100, "refusal")};
    // z(0) = -2.668, p = .0038: a failure alone and among two, not among three.
    EXPECT_EQ(decide_gate(samples).verdict, GateVerdict::fail);
    samples.push_back(binary_sample(0, 0, 400, "grounding"));
    EXPECT_EQ(decide_gate(samples).verdict, GateVerdict::inconclusive);
    samples[1] = binary_sample(0, 0, 400, "refusal");
    EXPECT_EQ(decide_gate(samples).verdict, GateVerdict::pass);
}

TEST(PairedGate, a_critical_dimension_gets_the_critical_margin) {
    const auto sample = binary_sample(0, 0, 200, "safety");
    EXPECT_EQ(decide_gate({&sample, 1}).verdict, GateVerdict::pass);
    const auto strict = decide_gate({&sample, 1}, {.critical = {"safety"}});
    EXPECT_EQ(strict.verdict, GateVerdict::inconclusive);
    EXPECT_EQ(strict.dimensions[0].decides, 268u);  // z^2 .99 / .01 = 267.8
}

TEST(PairedGate, too_many_unjudged_examples_decide_nothing) {
    auto sample = binary_sample(0, 0, 400);
    sample.excluded = 8;
    EXPECT_EQ(decide(sample, .03), GateVerdict::pass) << "8 of 408 are below 2%";
    sample.excluded = 9;
    EXPECT_EQ(decide(sample, .03), GateVerdict::inconclusive);
}

TEST(PairedGate, examples_of_one_document_are_not_many_witnesses) {
    auto sample = binary_sample(0, 0, 1000);
    for (int i = 0; i < 1000; ++i) {
        auto& one = sample.differences[static_cast<std::size_t>(i)];
        one.value = i < 30 ? -1 : i < 50 ? 1 : 0;
        one.cluster = std::to_string(i / 10);  // Whole documents flip.
    }
    auto alone = sample;
    for (auto& one : alone.differences) one.cluster.clear();
    EXPECT_EQ(decide(alone, .03), GateVerdict::pass);
    EXPECT_EQ(decide(sample, .03), GateVerdict::inconclusive);
    for (auto& one : sample.differences) one.cluster = std::to_string(one.item.size());
    EXPECT_FALSE(paired_evidence(sample, .03)) << "three clusters say nothing";
}

TEST(PairedGate, graded_scores_by_students_t) {
    PairedSample sample;
    for (int i = 0; i < 100; ++i)
        sample.differences.push_back({std::to_string(i), i % 2 == 0 ? .05 : -.03});
    const auto evidence = paired_evidence(sample, .03);
    EXPECT_NEAR(evidence->difference, .01, 1e-12);
    // By hand: s = .04 sqrt(100/99), se = .00402015; t_99(.95) = 1.660391.
    EXPECT_NEAR(evidence->interval.low, .01 - 1.660391 * .00402015, 1e-7);
    EXPECT_EQ(decide(sample, .03), GateVerdict::pass);
}

TEST(PairedGate, few_graded_scores_are_judged_by_a_gambler_and_agree_with_their_interval) {
    PairedSample sample;
    for (int i = 0; i < 60; ++i)
        sample.differences.push_back({std::to_string(i), i % 3 == 0 ? .2 : -.05});
    const auto wide = paired_evidence(sample, .5);
    ASSERT_TRUE(wide);
    EXPECT_EQ(wide->method, "betting");
    for (const double margin : {.02, .05, .1, .2, .3}) {
        const auto evidence = paired_evidence(sample, margin);
        EXPECT_EQ(evidence->p_not_worse <= .05, evidence->interval.low >= -margin) << margin;
    }
}

TEST(PairedGate, an_incident_is_replayed_with_its_weights) {
    PairedSample sample;
    for (int i = 0; i < 200; ++i)
        sample.differences.push_back({std::to_string(i), i < 20 ? -1. : 0., i < 100 ? 1. : 9.});
    const auto evidence = paired_evidence(sample, .03);
    // By hand: -20 / (100 + 900); V = 200/199 (20 (.98)^2 + 80 (.02)^2 + 8100 (.02)^2) / 1000^2
    // with weights squared 1 and 81.
    EXPECT_NEAR(evidence->difference, -.02, 1e-12);
    const double v = 200. / 199 * (20 * .98 * .98 + 80 * .0004 + 100 * 81 * .0004) / 1e6;
    EXPECT_NEAR(evidence->unit_variance, 200 * v, 1e-10);
}

TEST(PairedSample, missing_outputs_fail_and_unjudged_ones_leave) {
    const std::vector<GateRow> baseline = {
        {.item = "a", .score = 1}, {.item = "b", .score = 1}, {.item = "c", .score = 1}};
    const std::vector<GateRow> candidate = {{.item = "a", .score = 1}, {.item = "b"}};
    const auto samples = pair_scores(baseline, candidate);
    ASSERT_TRUE(samples.ok());
    const PairedSample& sample = (*samples)[0];
    ASSERT_EQ(sample.differences.size(), 2u);
    EXPECT_EQ(sample.differences[1].item, "c");
    EXPECT_EQ(sample.differences[1].value, -1);
    EXPECT_EQ(sample.missing_candidate, 1u);
    EXPECT_EQ(sample.excluded, 1u);
}

TEST(PairedSample, runs_become_means_and_tell_whether_more_of_them_pay) {
    std::vector<GateRow> sides[2];
    for (const char* item : {"a", "b"}) {
        for (const char* run : {"1", "2"}) {
            sides[0].push_back({.item = item, .score = 1, .run = run});
            sides[1].push_back({.item = item, .score = *run == '1' ? 1. : .5, .run = run});
        }
    }
    const auto samples = pair_scores(sides[0], sides[1]);
    EXPECT_EQ((*samples)[0].differences[0].value, -.25);
    EXPECT_NEAR((*samples)[0].noise->within, .125, 1e-15);  // Var(1, .5) = .125
    EXPECT_EQ((*samples)[0].noise->between, 0);
}

TEST(PairedSample, says_which_row_is_wrong) {
    const std::vector<GateRow> good = {{.item = "a", .score = 1}};
    const std::vector<GateRow> twice = {{.item = "a", .score = 1},
                                        {.item = "a", .score = 1, .place = "b.csv:3"}};
    EXPECT_THAT(pair_scores(good, twice).error().what, HasSubstr("b.csv:3: \"a\" appears twice"));
    const std::vector<GateRow> range = {{.item = "a", .score = 1.5}};
    EXPECT_THAT(pair_scores(good, range).error().what, HasSubstr("outside [0, 1]"));
    const std::vector<GateRow> other = {{.item = "a", .score = 1, .dimension = "tone"}};
    EXPECT_FALSE(pair_scores(good, other).ok());
}

TEST(SequentialGate, stops_early_and_depends_on_no_order_of_the_file) {
    auto sample = binary_sample(20, 20, 2000);
    const auto answer = sequential_gate(sample);
    EXPECT_EQ(answer->verdict, GateVerdict::pass);
    EXPECT_LT(answer->read, 2000u);
    std::ranges::reverse(sample.differences);
    EXPECT_EQ(sequential_gate(sample)->read, answer->read);
    EXPECT_EQ(sequential_gate(binary_sample(0, 300, 2000))->verdict, GateVerdict::fail);
}

}  // namespace
}  // namespace plimsoll::analyse
