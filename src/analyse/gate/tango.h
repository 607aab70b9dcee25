/// tango.h: the difference of two pass rates on the same examples.
///
/// Only examples on which the two disagree say anything about it; how many agree says how sure one
/// is. The score test keeps its level where the usual variance is zero. Source: Tango 1998;
/// docs/statistics/10-gate.md.
#pragma once

#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

/// Counts of examples; may be fractions (effective counts). 0 <= b + c <= n, n > 0.
struct PairedCounts {
    double candidate_only = 0;  ///< b: candidate passes, baseline fails.
    double baseline_only = 0;   ///< c: the reverse.
    double n = 0;               ///< All pairs.

    double difference() const { return (candidate_only - baseline_only) / n; }
};

/// z against "the pass rates differ by `difference`", which is in (-1, 1); falls as it grows.
double tango_z(const PairedCounts& counts, double difference);

/// The differences with |z| <= z, in [-1, 1].
Interval tango_interval(const PairedCounts& counts, double z = z_95_two_sided);

}  // namespace plimsoll::analyse
