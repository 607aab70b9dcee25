/// trust_text.h: the answer of /api/v1/trust for a terminal.
#pragma once

#include <string>

#include "base/json.h"

namespace plimsoll::show {

/// A table of evaluators, then what is useless on a slice, then the last steps of trust.
std::string trust_text(json::Value answer);

}  // namespace plimsoll::show
