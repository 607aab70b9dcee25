/// sequential_gate.h: may one stop already? The gate's verdict after every example.
///
///   differences, in a fixed order ──▶ capital against "worse by the margin" ── 1 / .05 ──▶ pass
///                                └──▶ capital against "no worse"            ── 1 / .01 ──▶ fail
///
/// Two gamblers bet on each next difference; the first who has multiplied his capital by 1 / alpha
/// has proved his case (Ville's inequality), however often one looks. Each spreads his capital over
/// four sizes of bet, since the right one depends on how often the two systems differ, which is not
/// known beforehand. Source: docs/statistics/10-gate.md.
#pragma once

#include <cstddef>
#include <span>

#include "analyse/comparison/gate.h"
#include "analyse/stats/computed.h"

namespace plimsoll::analyse {

struct SequentialVerdict {
    GateOutcome outcome = GateOutcome::not_enough_evidence;
    std::size_t after = 0;  ///< Examples used: all, if nothing is proved.
};

/// `differences` are candidate - baseline, in [-1, 1], each alone: no clusters, equal weights, in
/// an order that says nothing of them. With several dimensions divide `fail_alpha` by their number.
SequentialVerdict in_sequence(std::span<const double> differences, double margin,
                              double pass_alpha = 0.05, double fail_alpha = 0.01);

/// Of a dimension's pairs. Undefined if examples share clusters or have weights.
Computed<SequentialVerdict> in_sequence(const GateDimension& dimension,
                                        const GateOptions& options = {});

}  // namespace plimsoll::analyse
