/// scenarios.h: every scenario, in the order of statistics.md section 13.
#pragma once

#include <vector>

#include "statistics/scenario.h"

namespace plimsoll::bench {

extern const Scenario b3_gate;         ///< A judge of known agreement before the trust gate.
extern const Scenario b8_judge_moves;  ///< A judge is silently pointed at another model.
extern const Scenario b9_gate;         ///< Candidates of known difference before the CI gate.

inline const std::vector<const Scenario*> all_scenarios = {&b3_gate, &b8_judge_moves, &b9_gate};

}  // namespace plimsoll::bench
