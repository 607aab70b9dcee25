/// trust_parts.h: the evaluators at work, as the trust book wants them.
#pragma once

#include <vector>

#include "analyse/calibration/trust_report.h"
#include "evaluate/scorecard.h"

namespace plimsoll::app {

/// Every check with its version, every judge without: it is known with its first reply.
std::vector<analyse::EvaluatorName> evaluators_of(const evaluate::Scorecard& scorecard);

}  // namespace plimsoll::app
