/// alerts_text.h: the answers of /api/v1/alerts for a terminal.
#pragma once

#include <string>

#include "base/json.h"

namespace plimsoll::show {

/// A table of alerts, then what is withheld and why.
std::string alerts_text(json::Value answer);
/// One alert as a story, then what happened to it.
std::string alert_text(json::Value answer);

}  // namespace plimsoll::show
