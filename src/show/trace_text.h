/// trace_text.h: one interaction as text for a terminal, from the API's JSON.
#pragma once

#include <string>

#include "base/json.h"

namespace plimsoll::show {

/// `answer` is what /api/v1/interactions/{trace} answers: the head, verdicts, and the span tree with
/// messages, tool calls and documents.
std::string trace_text(json::Value answer);

}  // namespace plimsoll::show
