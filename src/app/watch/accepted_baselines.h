/// accepted_baselines.h: what people decided to take for normal, as the watch wants it.
#pragma once

#include <vector>

#include "analyse/watch/watch.h"
#include "base/result.h"
#include "record/alert_log.h"
#include "record/finding.h"

namespace plimsoll::app {

/// One for each finding of every alert whose last decision is accept_baseline; since its change.
Result<std::vector<analyse::AcceptedBaseline>> accepted_baselines(record::AlertLog& alerts,
                                                                  record::Findings& findings);

}  // namespace plimsoll::app
