/// weekly.h: is this week like the weeks of the reference?
///
///   reference weeks (mean, variance) ──Paule-Mandel──▶ mu, tau2 ─┐
///   this week       (mean, variance) ────────────────────────────┴─▶ t, p, expected range
///
/// For reports, not for pagers. The reference is frozen: 8 to 26 weeks that somebody accepted,
/// never the trailing ones, which swallow an incident and follow a decline. Weeks differ by more
/// than sampling noise (tau2), and a test that forgets it finds something every month. The p-values
/// of all series of a week go through benjamini_hochberg() at 0.10 (stats/false_discovery.h).
/// Source: docs/statistics/4-drift.md; moderation: Smyth 2004.
#pragma once

#include <cstddef>
#include <span>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

inline constexpr std::size_t reference_weeks_min = 8;  ///< For weekly_test().
inline constexpr std::size_t moderated_weeks_min = 4;  ///< For moderated_weekly_test().

struct WeeklyTest {
    double mean = 0;              ///< Of the reference.
    double mean_error = 0;        ///< Standard error of it.
    double tau2 = 0;              ///< Between weeks, beside sampling noise.
    double prediction_error = 0;  ///< Standard error of this week's difference.
    double t = 0;
    double degrees = 0;
    double p = 1;       ///< Two-sided.
    Interval expected;  ///< Where 95% of weeks without change lie.
};

/// Variances are those of the weekly means, between clusters, > 0. Undefined below 8 weeks.
Computed<WeeklyTest> weekly_test(std::span<const double> means, std::span<const double> variances,
                                 double now, double now_variance);

/// What the other series of a dimension say about how far weeks differ.
struct SpreadPrior {
    double variance = 0;
    double degrees = 0;  ///< How many degrees of freedom that is worth; infinity: all alike.
};

/// From one sample variance of weekly means a series, all of `degrees` degrees of freedom.
/// Undefined for fewer than three series or a variance of 0.
Computed<SpreadPrior> pooled_spread(std::span<const double> variances, double degrees);

/// For 4 to 7 weeks: this series' variance is moderated by its siblings', (d0 s0^2 + d s^2) / (d0 +
/// d), with d0 + d degrees of freedom. Undefined below 4 weeks: then only a detector with a fixed
/// objective can say anything.
Computed<WeeklyTest> moderated_weekly_test(std::span<const double> means, double now,
                                           SpreadPrior prior);

}  // namespace plimsoll::analyse
