/// loss_counts.h: a series as losses, hour by hour: how many sessions weighed and lost the same.
///
///   SessionCount (bins) ──scores: loss──▶ LossCount ──▶ detectors, sums, buckets
///                       ──figures: 1 above a threshold, else 0──▶
///
/// What the tail of a latency does is a share above the reference's own quantile
/// (docs/statistics/9-refusals-latency-cost.md): from there on it is a score like any other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analyse/stats/weighted_sums.h"
#include "record/session_hours.h"

namespace plimsoll::analyse {

struct LossCount {
    std::int32_t hour = 0;  ///< Unix hours, ascending.
    float weight = 1;       ///< 1 / inclusion probability, > 0.
    float loss = 0;         ///< In [0, 1].
    std::uint32_t sessions = 0;
};

std::vector<LossCount> losses_of(std::span<const record::SessionCount> scores);
/// 1 for sessions in a bin above `threshold`.
std::vector<LossCount> exceedances_of(std::span<const record::SessionCount> figures,
                                      std::int16_t threshold);

/// The bin of the quantile q of the sessions before that hour; measure_zero if there are none.
std::int16_t quantile_bin(std::span<const record::SessionCount> figures, double q,
                          std::int32_t before_hour);
/// The representative of a bin, within 1%.
double figure_of(std::int16_t bin);

/// `times` sessions of weight w and loss y.
void add_times(WeightedSums& sums, double weight, double y, double times);
/// Those with hour in [from, to).
std::span<const LossCount> between(std::span<const LossCount> counts, std::int32_t from,
                                   std::int32_t to);
WeightedSums sums_of(std::span<const LossCount> counts);

}  // namespace plimsoll::analyse
