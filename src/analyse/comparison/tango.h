/// tango.h: two systems on the same examples, each right or wrong: how far apart are they?
///
/// Only the examples on which they differ speak: b where the candidate passes and the baseline
/// fails, c the other way round. The score interval of the difference (b - c) / n keeps its promise
/// at b = c = 0, where the paired t says "exactly equal". Source: Tango 1998;
/// docs/statistics/10-gate.md.
#pragma once

#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct PairedCounts {
    double gained = 0;  ///< b: candidate passes, baseline fails.
    double lost = 0;    ///< c: candidate fails, baseline passes.
    double n = 0;       ///< All pairs, > 0.

    double difference() const { return (gained - lost) / n; }
    double discordance() const { return (gained + lost) / n; }
};

/// Tango's score statistic against the true difference `difference`, in (-1, 1): large if the
/// candidate is better than that. 0 if nothing differs and 0 is asked.
double tango_z(const PairedCounts& counts, double difference);

/// The differences within z standard errors, two-sided.
Interval tango(const PairedCounts& counts, double z = z_95_two_sided);

}  // namespace plimsoll::analyse
