/// scorecard_text.h: the scorecard as a table for a terminal, from the API's JSON.
#pragma once

#include <string>

#include "base/json.h"

namespace plimsoll::show {

/// `scorecard` is what /api/v1/scorecard answers.
std::string scorecard_text(json::Value scorecard);

}  // namespace plimsoll::show
