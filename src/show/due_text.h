/// due_text.h: what is to be done next, for a terminal.
#pragma once

#include <string>

#include "base/json.h"

namespace plimsoll::show {

/// Of the answer of /api/v1/due.
std::string due_text(json::Value answer);

}  // namespace plimsoll::show
