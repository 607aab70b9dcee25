/// findings_text.h: the answer of /api/v1/findings for a terminal.
#pragma once

#include <string>

#include "base/json.h"

namespace plimsoll::show {

/// A paragraph for each change, what belongs to it below; then what cannot be watched yet.
std::string findings_text(json::Value answer);

}  // namespace plimsoll::show
