/// proportions.h: the shares of two groups: how far apart, and how many times larger.
///
///   difference   newcombe             two Wilson intervals; the default
///                miettinen_nurminen   score; for margins
///   ratio        koopman              score; also with zero events
///                katz                 log-normal; what others print
///
/// Sources: Newcombe 1998; Miettinen and Nurminen 1985; Koopman 1984; Katz 1978;
/// docs/statistics/9-refusals-latency-cost.md.
#pragma once

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct Share {
    double events = 0;
    double n = 0;  ///< > 0

    double value() const { return events / n; }
};

/// Of first - second, in [-1, 1].
Interval newcombe(const Share& first, const Share& second, double z = z_95_two_sided);
Interval miettinen_nurminen(const Share& first, const Share& second, double z = z_95_two_sided);

/// Of first / second; the upper limit is infinite if the second group has no event. Undefined if
/// neither has one.
Computed<Interval> koopman(const Share& first, const Share& second, double z = z_95_two_sided);
/// P(so large a ratio or larger, if the true one is `ratio`), by the same score statistic: below
/// 0.025 exactly where the 95% interval lies above `ratio`. 1 if neither group has an event.
double koopman_p(const Share& first, const Share& second, double ratio);
/// Undefined if either group has no event.
Computed<Interval> katz(const Share& first, const Share& second, double z = z_95_two_sided);

}  // namespace plimsoll::analyse
