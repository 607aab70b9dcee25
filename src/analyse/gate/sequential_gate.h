/// sequential_gate.h: the gate that may be asked after every example and stops as soon as it knows.
///
/// One gambler bets on "not worse than the margin", one on "worse". Whoever gets rich first
/// decides, and the promise holds whenever one stops. Examples come in an order fixed by the hash
/// of their names; of a cluster, its mean comes once. docs/statistics/10-gate.md
#pragma once

#include "analyse/gate/paired_gate.h"

namespace plimsoll::analyse {

struct SequentialAnswer {
    GateVerdict verdict = GateVerdict::inconclusive;
    std::uint64_t read = 0;       ///< Examples (clusters) until it was decided, or all.
    double wealth_not_worse = 1;  ///< PASS at 1 / pass_alpha.
    double wealth_worse = 1;      ///< FAIL at 1 / fail_alpha.
};

/// Undefined for weighted samples: weights would have to be bounded beforehand.
Computed<SequentialAnswer> sequential_gate(const PairedSample& sample,
                                           const PairedGateRules& rules = {});

/// The order in which to run examples, so that the gate can stop early: by hash of the name.
std::vector<std::string> sequential_order(std::vector<std::string> items);

}  // namespace plimsoll::analyse
