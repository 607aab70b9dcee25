#include "analyse/calibration/trust_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

using ::testing::HasSubstr;

// 80 labels a week. MCC by hand: .85, .62, -.0 .
const Confusion good{.tp = 22, .fp = 3, .fn = 2, .tn = 53};
const Confusion middling{.tp = 18, .fp = 7, .fn = 6, .tn = 49};
const Confusion dice{.tp = 7, .fp = 17, .fn = 17, .tn = 39};

TEST(TrustGate, opens_on_good_evidence_and_stays_open_on_undecided) {
    TrustGate gate;
    EXPECT_EQ(gate.step(good).trust, Trust::open);
    gate.faded = {};
    const GateAnswer undecided = gate.step(middling);
    EXPECT_GT(*undecided.probability, .2);
    EXPECT_LT(*undecided.probability, .8);
    EXPECT_EQ(undecided.trust, Trust::open);
}

TEST(TrustGate, that_was_never_open_is_provisional_on_undecided_evidence) {
    TrustGate gate;
    EXPECT_EQ(gate.step(middling).trust, Trust::provisional);
}

TEST(TrustGate, is_closed_by_one_terrible_week_which_also_erases_the_past) {
    TrustGate gate;
    for (int week = 0; week < 20; ++week) gate.step(good);
    const GateAnswer answer = gate.step(dice);
    EXPECT_TRUE(answer.vetoed);
    EXPECT_EQ(gate.trust, Trust::closed);
    EXPECT_EQ(gate.faded, dice);
}

TEST(TrustGate, closes_when_labels_stop_coming) {
    TrustGate gate;
    gate.step(good);
    GateAnswer answer;
    for (int week = 0; week < 4; ++week) answer = gate.step({});
    EXPECT_EQ(answer.trust, Trust::open);  // 80 have faded to 40.
    answer = gate.step({});
    EXPECT_EQ(answer.trust, Trust::provisional);
    EXPECT_THAT(answer.why, HasSubstr("33 labels, 40 are needed"));
}

TEST(TrustGate, needs_labels_of_both_kinds) {
    TrustGate gate;
    const GateAnswer answer = gate.step({.tp = 7, .fp = 0, .fn = 0, .tn = 100});
    EXPECT_GT(*answer.probability, .8);
    EXPECT_EQ(answer.trust, Trust::provisional);
    EXPECT_THAT(answer.why, HasSubstr("7 labels of the rarer class, 8 are needed"));

    TrustGate blind;
    const GateAnswer undefined = blind.step({.fp = 30, .tn = 50});
    EXPECT_EQ(undefined.trust, Trust::closed);
    EXPECT_FALSE(undefined.probability);
}

TEST(TrustGate, suspended_waits_as_provisional_until_new_labels_decide) {
    TrustGate gate;
    gate.step(good);
    gate.suspend();
    EXPECT_EQ(gate.step({}).trust, Trust::provisional);
    TrustGate worse = gate;
    EXPECT_EQ(worse.step(dice).trust, Trust::closed);
    EXPECT_FALSE(worse.awaiting);
    EXPECT_EQ(gate.step(good).trust, Trust::open);
    EXPECT_FALSE(gate.awaiting);
}

TEST(TrustGate, of_a_graded_judge_reads_spearman) {
    CounterRandom random(3);
    std::vector<RankTrustGate::Item> close_by, noise;
    for (int i = 0; i < 80; ++i) {
        const double truth = random.uniform();
        close_by.push_back({truth + random.uniform() / 3, truth, 1});
        noise.push_back({random.uniform(), truth, 1});
    }
    const GateRules rules{.threshold = rank_threshold};
    RankTrustGate gate;
    EXPECT_EQ(gate.step(close_by, rules).trust, Trust::open);
    const GateAnswer answer = gate.step(noise, rules);
    EXPECT_TRUE(answer.vetoed);
    EXPECT_EQ(gate.items.size(), 80u);
    for (int week = 0; week < 60; ++week) gate.step({}, rules);
    EXPECT_TRUE(gate.items.empty());
}

}  // namespace
}  // namespace plimsoll::analyse
