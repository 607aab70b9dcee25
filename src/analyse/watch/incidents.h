/// incidents.h: findings of one change belong together, and one of them explains it best.
///
/// Those of a service that began within a day of each other are one incident; so are those of one
/// evaluator whose moments overlap. The narrowest slice that holds four fifths of the loss leads:
/// "enterprise" rather than "everything", if nothing else moved.
#pragma once

#include <vector>

#include "record/finding.h"

namespace plimsoll::analyse {

/// Fills in `related` and `leader`.
void group_incidents(std::vector<record::Finding>& findings);

}  // namespace plimsoll::analyse
