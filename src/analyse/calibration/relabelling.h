/// relabelling.h: how many answers to label after a judge was closed or suspended: batch by batch,
/// until it is decided.
///
/// The batches look at P up to nine times; the band .20 … .80 was chosen with that looking
/// included: a judge of MCC .72 is reopened in 88 of 100 cases after 73 labels on average, one
/// of .45 in 3 (docs/statistics/6-judge-drift.md, simulated).
#pragma once

#include <cstdint>

#include "analyse/calibration/trust_gate.h"

namespace plimsoll::analyse {

struct RelabellingRules {
    std::uint64_t batch = 20;
    std::uint64_t least = 40;
    std::uint64_t most = 200;
};

enum class Relabelling {
    label_more,   ///< Another batch.
    reopen,       ///< P >= .80.
    stay_closed,  ///< P <= .20.
    undecided,    ///< All labels spent: not open, and the rubric or the threshold is the question.
};

/// `evidence` is of all labels since the closure, none faded.
inline Relabelling relabelling_step(const Evidence& evidence, const GateRules& gate = {},
                                    const RelabellingRules& rules = {}) {
    if (evidence.labels >= static_cast<double>(rules.least)) {
        const auto p = evidence.probability(gate.threshold);
        if (p && *p <= gate.close_at) return Relabelling::stay_closed;
        if (p && *p >= gate.open_at && evidence.rarer.value_or(gate.rarer_min) >= gate.rarer_min) {
            return Relabelling::reopen;
        }
    }
    return evidence.labels < static_cast<double>(rules.most) ? Relabelling::label_more
                                                             : Relabelling::undecided;
}

}  // namespace plimsoll::analyse
