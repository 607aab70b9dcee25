#include "analyse/drift/e_bank.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "analyse/drift/e_segment.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

constexpr double m0 = .06;

double excess_of(double y, double weight = 1, double weight_max = 1) {
    return weight / weight_max * (y - m0) / m0;
}

constexpr int losses[] = {0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0};

std::vector<double> values(EForm form) {
    std::vector<double> values;
    EBank bank;
    for (const int y : losses) {
        bank.update(form, excess_of(y));
        values.push_back(bank.value());
    }
    return values;
}

/// Printed digits: half a unit of the last one.
constexpr double nine = 5e-10;

TEST(EBank, shiryaev_roberts_by_hand) {  // docs/statistics/4-drift.md, TV-4.9
    const std::vector<double> found = values(EForm::shiryaev_roberts);
    EXPECT_NEAR(found[0], .818571429, nine);
    EXPECT_NEAR(found[2], 8.064717667, nine);
    EXPECT_NEAR(found[6], 135.472980915, nine);
    EXPECT_NEAR(found[13], 4073.415153692, nine);
    EXPECT_NEAR(found[14], 2343.332307842, nine);
}

TEST(EBank, cusum_by_hand) {  // TV-4.9
    const std::vector<double> found = values(EForm::cusum);
    EXPECT_NEAR(found[0], .818571429, nine);
    EXPECT_NEAR(found[2], 3.842380952, nine);
    EXPECT_NEAR(found[6], 46.009957400, nine);
    EXPECT_NEAR(found[13], 1334.459112198, nine);
    EXPECT_NEAR(found[14], 747.090588414, nine);
}

TEST(EBank, is_the_sum_or_the_largest_over_every_time_the_change_may_have_begun) {
    double sum = 0, largest_mean = 0;
    for (std::size_t k = 0; k < e_bets_count; ++k) {
        double largest = 0;
        for (std::size_t start = 0; start < std::size(losses); ++start) {
            double product = 1;
            for (std::size_t i = start; i < std::size(losses); ++i) {
                product *= 1 + e_bets[k] * excess_of(losses[i]);
            }
            sum += product / e_bets_count;
            largest = std::max(largest, product);
        }
        largest_mean += largest / e_bets_count;
    }
    EXPECT_NEAR(values(EForm::shiryaev_roberts).back() / sum, 1, 1e-12);
    EXPECT_NEAR(values(EForm::cusum).back() / largest_mean, 1, 1e-12);
}

constexpr int weights[] = {1, 9, 1, 9, 9, 1, 9, 1};
constexpr int weighted_losses[] = {1, 0, 0, 1, 0, 1, 0, 1};

TEST(EBank, weighted_items_move_it_by_their_weight) {  // TV-4.9
    constexpr double expected[] = {1.315820106, 1.817160317,  2.767209448,  13.342037747,
                                   9.695587265, 14.966672529, 11.465876756, 16.861580440};
    EBank bank;
    for (std::size_t i = 0; i < std::size(weights); ++i) {
        bank.update(excess_of(weighted_losses[i], weights[i], 9));
        EXPECT_NEAR(bank.value(), expected[i], nine) << i;
    }
}

TEST(ESegment, items_1_to_3_and_4_to_8_apart_give_what_they_give_together) {  // TV-4.9
    ESegment early, late;
    for (std::size_t i = 0; i < std::size(weights); ++i) {
        (i < 3 ? early : late).update(excess_of(weighted_losses[i], weights[i], 9));
    }
    EBank bank;
    early.merge(late);
    early.apply(bank);
    EXPECT_NEAR(bank.value(), 16.861580440, nine);
    EXPECT_EQ(early.items, 8u);
}

TEST(ESegment, any_grouping_gives_the_bank_that_took_the_items_one_by_one) {
    for (const EForm form : {EForm::shiryaev_roberts, EForm::cusum}) {
        CounterRandom dice(7, static_cast<std::uint64_t>(form));
        for (int round = 0; round < 200; ++round) {
            EBank one_by_one, joined;
            for (double& m : joined.m) m = 1000 * dice.uniform();
            joined.m.back() = 0;
            one_by_one = joined;
            std::vector<ESegment> segments(1 + dice.below(6), ESegment(form));
            for (ESegment& segment : segments) {
                for (std::uint32_t i = dice.below(9); i > 0; --i) {
                    const double excess = excess_of(dice.uniform() < .1, 1 + dice.below(9), 9);
                    segment.update(excess);
                    one_by_one.update(form, excess);
                }
            }
            while (segments.size() > 1) {  // Any two neighbours, until one is left.
                const auto at = dice.below(static_cast<std::uint32_t>(segments.size() - 1));
                segments[at].merge(segments[at + 1]);
                segments.erase(segments.begin() + at + 1);
            }
            segments[0].apply(joined);
            for (std::size_t k = 0; k < e_bets_count; ++k) {
                EXPECT_NEAR(joined.m[k] / one_by_one.m[k], 1, 1e-12);
            }
        }
    }
}

TEST(EBank, a_batch_is_the_same_bit_for_bit_and_stops_at_the_alarm) {
    std::vector<double> excess;
    for (const int y : losses) excess.push_back(excess_of(y));
    EBank batch;
    EXPECT_EQ(take_until(batch, excess, 1e6), excess.size());
    EXPECT_EQ(batch.value(), values(EForm::shiryaev_roberts).back());
    EBank stopped;
    EXPECT_EQ(take_until(stopped, excess, 135), 7u);  // TV-4.9: 135.47 after item 7.
    EXPECT_EQ(stopped.value(), values(EForm::shiryaev_roberts)[6]);
}

TEST(EBank, a_flood_of_failures_stops_at_the_largest_value) {
    EBank bank;
    ESegment segment;
    for (int i = 0; i < 10'000; ++i) {
        bank.update(excess_of(1));
        segment.update(excess_of(1));
    }
    EXPECT_LE(bank.value(), 1.01 * e_value_max);  // The mean rounds.
    EXPECT_GT(bank.value(), 1e249);
    segment.merge(segment);
    segment.apply(bank);
    EXPECT_TRUE(std::isfinite(bank.value()));
    for (int i = 0; i < 100'000; ++i) bank.update(excess_of(0));
    EXPECT_LT(bank.value(), 100);  // and it comes back down.
}

/// value - items is a supermartingale: at the boundary of the null it is a martingale, so that the
/// mean value after n items is n whatever the losses are. Exactly, by summing over all outcomes.
TEST(EBank, without_change_the_expected_value_is_the_number_of_items) {
    constexpr int n = 10;
    double expected = 0;
    for (unsigned outcome = 0; outcome < (1u << n); ++outcome) {
        EBank bank;
        double probability = 1;
        for (int i = 0; i < n; ++i) {
            const bool fails = outcome >> i & 1;
            probability *= fails ? m0 : 1 - m0;
            bank.update(excess_of(fails));
        }
        expected += probability * bank.value();
    }
    EXPECT_NEAR(expected, n, 1e-10);
}

}  // namespace
}  // namespace plimsoll::analyse
