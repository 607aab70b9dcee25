/// baseline.h: how large a loss still counts as "nothing has changed".
///
///   reference losses ──add──▶ ReferenceLosses ──baseline_of──▶ LossBaseline ──▶ detectors
///   of a quiet period          sums an hour                    frozen until somebody accepts
///
/// high = upper 97.5% bound of the reference loss + tolerance, low likewise below. The tolerance
/// is not politeness: real traffic has days, and a detector that takes every day's luck for a
/// change finds one every second week. Shifts inside it are the weekly test's business (weekly.h).
/// Source: docs/statistics/4-drift.md.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"
#include "analyse/stats/weighted_sums.h"

namespace plimsoll::analyse {

/// Hours of the week; the first begins on Thursday 00:00 UTC, as Unix time does.
inline constexpr std::size_t week_hours = 168;
inline constexpr std::size_t reference_sessions_min = 200;
inline constexpr std::size_t tau_days_min = 14;
inline constexpr double tolerance_min = .005;
inline constexpr double tolerance_before_days = .01;  ///< Until the days can speak.
inline constexpr double loss_bound_min = .001;        ///< Bets divide by the bound.

struct ReferenceLosses {
    /// Time in Unix seconds, loss = 1 - score of a session, weight = 1 / inclusion probability.
    void update(double time_s, double weight, double loss, std::string_view cluster);
    void merge(const ReferenceLosses& other);

    ClusteredSums all;
    std::map<std::int64_t, WeightedSums> hours;  ///< By Unix hour.
};

struct LossBaseline {
    double mean = 0;
    Interval interval;     ///< 95% of the mean, between clusters.
    double tau_day = 0;    ///< Standard deviation of days beside sampling noise.
    std::size_t days = 0;  ///< Of the reference.
    double tolerance = 0;
    double high = 1, low = 0;  ///< The whole week's; low = 0 watches for a rise of the score only.
    /// Added to `high` and `low` in an hour of the week; empty if the reference shows no such
    /// pattern.
    std::vector<double> hour_shift;

    double high_at(double time_s) const;  ///< >= loss_bound_min; may be above 1.
    double low_at(double time_s) const;   ///< In [0, 1].
    double high_max() const;              ///< The largest over the week.
    double low_min() const;

  private:
    double shift_at(double time_s) const;
};

/// Undefined below reference_sessions_min sessions: then only fixed_baseline() may be used.
Computed<LossBaseline> baseline_of(const ReferenceLosses& reference);

/// A service level objective ("at least 0.9") instead of an estimate: losses up to 1 - objective
/// are accepted, and so is every improvement. 0 < objective < 1.
LossBaseline fixed_baseline(double score_objective);

}  // namespace plimsoll::analyse
