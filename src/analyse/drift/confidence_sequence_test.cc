#include "analyse/drift/confidence_sequence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "analyse/stats/distributions.h"
#include "analyse/stats/solve.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

TEST(BetaMixtureSequence, agrees_with_the_worked_examples) {  // docs/statistics/4-drift.md, TV-4.6
    const auto near = [](Interval found, double low, double high) {
        EXPECT_NEAR(found.low, low, 1e-8);
        EXPECT_NEAR(found.high, high, 1e-8);
    };
    near(beta_mixture_sequence(94, 100), .82894613, .98928449);
    near(beta_mixture_sequence(940, 1000), .90861626, .96359746);
    near(beta_mixture_sequence(3384, 3600), .92366124, .95395863);
    EXPECT_NEAR(beta_mixture_log_evidence(940, 1000, .9), 6.5459767125, 5e-10);
}

/// confseq mixes with beta(c p, c (1-p)), c = n_best / (2 log(1/alpha) + log(1 + 2 log(1/alpha))) -
/// 1, so that the mixture turns with the hypothesis. With that the evidence gives what its authors
/// publish.
TEST(BetaMixtureSequence, evidence_agrees_with_the_published_intervals_of_confseq) {  // TV-4.6
    const auto interval = [](double successes, double n, double n_best) {
        const double log20 = std::log(20);
        const double c = n_best / (2 * log20 + std::log(1 + 2 * log20)) - 1;
        const auto excess = [&](double p) {
            return beta_mixture_log_evidence(successes, n, p, c * p, c * (1 - p)) - log20;
        };
        return Interval{root_of(excess, 1e-6, successes / n), root_of(excess, successes / n, .999)};
    };
    EXPECT_NEAR(interval(700, 1000, 100).low, .651629, 1e-6);
    EXPECT_NEAR(interval(700, 1000, 100).high, .745949, 1e-6);
    EXPECT_NEAR(interval(15, 50, 50).low, .129556, 1e-6);
    EXPECT_NEAR(interval(15, 50, 50).high, .511896, 1e-6);
}

TEST(BetaMixtureSequence, evidence_is_the_product_of_its_bets_one_by_one) {  // TV-4.6
    double product = 0, successes = 0;
    for (int i = 0; i < 1000; ++i) {
        const bool success = i % 50 != 7 && i % 25 != 3;  // 940 of 1000
        const double bet = (successes + .5) / (i + 1);    // The mixture's own prediction.
        product += std::log(success ? bet / .9 : (1 - bet) / .1);
        successes += success;
    }
    ASSERT_EQ(successes, 940);
    EXPECT_NEAR(product, 6.5459767125, 5e-10);
}

TEST(BetaMixtureSequence, ends_are_where_evidence_is_20_and_stay_inside) {
    for (const double n : {1., 7., 500.}) {
        for (double s = 0; s <= n; s += std::max(1., n / 5)) {
            const Interval found = beta_mixture_sequence(s, n);
            EXPECT_LE(0, found.low);
            EXPECT_LE(found.low, s / n);
            EXPECT_LE(s / n, found.high);
            EXPECT_LE(found.high, 1);
            if (s > 0) {
                EXPECT_NEAR(beta_mixture_log_evidence(s, n, found.low), std::log(20), 1e-9);
            }
        }
    }
    EXPECT_EQ(beta_mixture_sequence(0, 0), (Interval{0, 1}));
    EXPECT_EQ(beta_mixture_sequence(5, 5).high, 1);
    EXPECT_EQ(beta_mixture_sequence(0, 5).low, 0);
}

TEST(AsymptoticSequence, agrees_with_the_worked_margins) {  // TV-4.7
    EXPECT_NEAR(asymptotic_margin(100, 3600), .5776877480, 5e-11);
    EXPECT_NEAR(asymptotic_margin(3600, 3600), .0505853737, 5e-11);
    EXPECT_NEAR(asymptotic_margin(25200, 3600), .0201531259, 5e-11);
    const double r = (-lambert_w_minus1(-.0025 * std::exp(.0025 - 1)) - 1) / 3600;
    EXPECT_NEAR(r, .0022803232, 5e-11);
    EXPECT_NEAR(asymptotic_sequence(.9, .01, 100, 3600)->high, .9 + .1 * .5776877480, 1e-10);
    EXPECT_FALSE(asymptotic_sequence(.9, .01, 49, 3600));
}

std::vector<double> repeated(const std::vector<double>& part, int times) {
    std::vector<double> all;
    for (int i = 0; i < times; ++i) all.insert(all.end(), part.begin(), part.end());
    return all;
}

TEST(HedgedSequence, agrees_with_the_worked_examples) {  // TV-4.8, to 6 digits
    std::vector<double> binary(20, 1);
    binary[3] = binary[10] = 0;
    const Interval first = hedged_sequence(repeated(binary, 5));
    EXPECT_NEAR(first.low, .793939, 1e-6);
    EXPECT_NEAR(first.high, .967757, 1e-6);
    const Interval second =
        hedged_sequence(repeated({.8, .9, 1, .7, .95, .85, 1, .6, .9, .75}, 10));
    EXPECT_NEAR(second.low, .781297, 1e-6);
    EXPECT_NEAR(second.high, .883937, 1e-6);
}

TEST(HedgedSequence, one_score_says_little) {
    EXPECT_EQ(hedged_sequence({}), (Interval{0, 1}));
    const std::vector<double> one = {1};
    EXPECT_EQ(hedged_sequence(one).high, 1);
    EXPECT_LT(hedged_sequence(one).low, .1);
}

/// Looked at after every score, wrong once or never: 1000 series of 300, mean .8.
TEST(ConfidenceSequences, hold_at_all_times_together) {
    int mixture_wrong = 0, hedged_wrong = 0;
    constexpr int series = 1000;
    for (std::uint64_t one = 0; one < series; ++one) {
        CounterRandom dice(13, one);
        std::vector<double> scores;
        double sum = 0;
        bool mixture = true, hedged = true;
        for (int n = 1; n <= 300; ++n) {
            scores.push_back(dice.uniform() < .8);
            sum += scores.back();
            mixture &= beta_mixture_log_evidence(sum, n, .8) < std::log(20);
            if (n % 60 == 0) hedged &= hedged_sequence(scores).contains(.8);
        }
        mixture_wrong += !mixture;
        hedged_wrong += !hedged;
    }
    EXPECT_LE(mixture_wrong, .05 * series + 3 * 6.9);
    EXPECT_LE(hedged_wrong, .05 * series + 3 * 6.9);
}

}  // namespace
}  // namespace plimsoll::analyse
