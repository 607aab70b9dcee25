/// scenarios.h: every scenario, in the order of statistics.md section 13.
#pragma once

#include <vector>

#include "statistics/scenario.h"

namespace plimsoll::bench {

inline const std::vector<const Scenario*> all_scenarios = {};

}  // namespace plimsoll::bench
