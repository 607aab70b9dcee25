#include "analyse/comparison/sequential_gate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

std::vector<double> made(std::uint64_t seed, double gained, double lost, int n) {
    CounterRandom dice(seed);
    std::vector<double> differences;
    for (int i = 0; i < n; ++i) {
        const double u = dice.uniform();
        differences.push_back(u < gained ? 1 : u < gained + lost ? -1 : 0);
    }
    return differences;
}

TEST(SequentialGate, passes_the_unchanged_and_fails_the_worse_before_the_examples_end) {
    const SequentialVerdict same = in_sequence(made(3, .02, .02, 5000), .03);
    EXPECT_EQ(same.outcome, GateOutcome::pass);
    EXPECT_LT(same.after, 2000u);
    const SequentialVerdict worse = in_sequence(made(3, .02, .08, 5000), .03);
    EXPECT_EQ(worse.outcome, GateOutcome::fail);
    EXPECT_LT(worse.after, 2000u);
}

/// Examples without any difference: bet k grows by 1 + bet_k .015 / .485 each time. The largest
/// alone would need 223.6 to turn its quarter into 20: 1/4 1.01979^n = 20, by hand.
TEST(SequentialGate, without_a_difference_the_capital_grows_as_computed) {
    const SequentialVerdict verdict = in_sequence(std::vector<double>(400, 0.), .03);
    EXPECT_EQ(verdict.outcome, GateOutcome::pass);
    double capital = 0;
    std::size_t n = 0;
    while (capital < 20) {
        ++n;
        capital = 0;
        for (const double bet : {.64, .32, .16, .08}) {
            capital += std::pow(1 + bet * .015 / .485, static_cast<double>(n)) / 4;
        }
    }
    EXPECT_EQ(verdict.after, n);
    EXPECT_LT(verdict.after, 224u);
}

TEST(SequentialGate, a_loss_of_the_margin_passes_at_most_once_in_twenty) {
    int passes = 0;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        passes += in_sequence(made(seed, .035, .065, 800), .03).outcome == GateOutcome::pass;
    }
    EXPECT_LE(passes, 30);  // 20 expected at most, and two standard errors.
}

TEST(SequentialGate, clusters_and_weights_have_no_sequence) {
    GateDimension dimension{.name = "tone", .pairs = {{"a", 1, 1}, {"a", 1, 0}}};
    EXPECT_EQ(in_sequence(dimension).why(), "examples share clusters");
    dimension.pairs = {{"a", 1, 1, 1}, {"b", 1, 0, 2}};
    EXPECT_EQ(in_sequence(dimension).why(), "examples have weights");
    dimension.pairs = {{"a", 1, 1, 2}, {"b", 1, 0, 2}};
    EXPECT_EQ(in_sequence(dimension)->after, 2u);
}

}  // namespace
}  // namespace plimsoll::analyse
