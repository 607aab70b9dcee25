/// coverage_text.h: the answer of /api/v1/coverage for a terminal.
#pragma once

#include <string>

#include "base/json.h"

namespace plimsoll::show {

/// A row for each share and a column for all and each service; then what could not be scored.
std::string coverage_text(json::Value answer);

}  // namespace plimsoll::show
