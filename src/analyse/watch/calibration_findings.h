/// calibration_findings.h: an evaluator that lost its trust, as a finding: it moved, not what it
/// looks at.
#pragma once

#include <span>
#include <vector>

#include "record/finding.h"
#include "record/trust_log.h"

namespace plimsoll::analyse {

/// One for each step of trust that ended "open", before `end`; over with the first that leads back
/// to it. Steps in time.
std::vector<record::Finding> calibration_findings(std::span<const record::TrustEvent> steps,
                                                  UnixNanos end);

}  // namespace plimsoll::analyse
