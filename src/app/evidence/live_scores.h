/// live_scores.h: what the evaluators of a finding say of interactions now, judges asked for real.
#pragma once

#include <optional>
#include <vector>

#include "analyse/evidence/evidence.h"
#include "app/judge_files.h"

namespace plimsoll::app {

/// The lowest score of each; nullopt: none, the judge was not reached or said nothing.
std::vector<std::optional<double>> live_scores(const analyse::ConcernedEvaluators& who,
                                               const std::vector<Interaction>& interactions,
                                               const ApiOf& api_of, unsigned at_once);

}  // namespace plimsoll::app
