/// labels_needed.h: how many more labels until the gate can decide, instead of a looser rule.
///
/// If the judge is as good as it looks now, P passes .80 (or .20, if it looks worse than the
/// threshold) once |atanh f - atanh threshold| is .84 standard errors: in half of all cases with
/// `even` labels, in four of five with `likely`. Right at the threshold no number decides.
/// docs/statistics/1-agreement.md
#pragma once

#include <cstdint>

#include "analyse/calibration/trust_gate.h"
#include "analyse/stats/computed.h"

namespace plimsoll::analyse {

struct LabelsNeeded {
    std::uint64_t even = 0;    ///< More labels, beyond those there are; 0: decided already.
    std::uint64_t likely = 0;  ///< The same with four chances of five.
    Trust towards = Trust::open;
};

/// Above this the answer is Undefined: too near to the threshold to be worth asking.
inline constexpr double labels_worth_asking = 100'000;

/// Needs some evidence with a probability; Undefined otherwise. Counts the minimum of the gate
/// too (labels_min, and rarer_min at the present share of the rarer class) if it leads to open.
Computed<LabelsNeeded> labels_needed(const Evidence& evidence, const GateRules& rules = {});

}  // namespace plimsoll::analyse
