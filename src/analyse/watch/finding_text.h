/// finding_text.h: a finding in one sentence: what, where, since when, why.
#pragma once

#include <string>

#include "record/finding.h"

namespace plimsoll::analyse {

/// "faithfulness (grounded) of support-rag, app.customer.segment = enterprise: mean score fell from
/// 0.940 [0.936, 0.944] to 0.889 [0.871, 0.907] since 2026-03-03 10:00 UTC, with prompt p7.2 →
/// p7.3."
std::string finding_text(const record::Finding& finding);

}  // namespace plimsoll::analyse
