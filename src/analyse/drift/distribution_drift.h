/// distribution_drift.h: has the shape of the scores changed, by more than luck and by more than
/// matters?
///
///   ScoreHistogram reference ─┐
///   ScoreHistogram current  ──┴─▶ DistributionDrift     drifted = p < .001 and moved by >= .02
///
/// Two questions, since with enough scores every difference is significant and with few enough none
/// is. PSI and Jensen-Shannon are given because people ask for them; each with the value that it
/// has on average when nothing changed, without which it cannot be read.
/// Source: docs/statistics/4-drift.md.
#pragma once

#include "analyse/drift/score_histogram.h"
#include "analyse/stats/computed.h"

namespace plimsoll::analyse {

inline constexpr double drift_p_max = .001;
inline constexpr double drift_moved_min = .02;
inline constexpr double drift_count_min = 50;
inline constexpr std::size_t report_bins = 10;  ///< PSI and Jensen-Shannon: tenths.

struct DistributionDrift {
    double effective_count = 0;  ///< n_p n_q / (n_p + n_q) after weights and clusters.
    double largest = 0;          ///< Kolmogorov-Smirnov distance,
    double p = 1;                ///< and its p.
    double moved = 0;            ///< Wasserstein distance, in units of the score.
    bool drifted = false;

    // Only reported.
    double psi = 0, psi_without_change = 0, psi_p = 1;
    double jensen_shannon = 0, jensen_shannon_p = 1;  ///< Nats.
};

/// The design effects (>= 1) say how many scores count as one because they come in sessions.
/// Undefined below an effective count of 50, and for binary scores, whose mean says it all.
Computed<DistributionDrift> distribution_drift(const ScoreHistogram& reference,
                                               const ScoreHistogram& current,
                                               double reference_design_effect = 1,
                                               double current_design_effect = 1);

}  // namespace plimsoll::analyse
