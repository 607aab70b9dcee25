/// fill.h: values for the places in a story's texts, the same all through one conversation.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "app/demo/chance.h"
#include "base/time.h"

namespace plimsoll::app::demo {

/// "order" → "PK-481516"
using Values = std::map<std::string, std::string, std::less<>>;

/// Draws every value a story may name. Dates lie in the days after `start`.
Values draw_values(Chance& chance, std::string_view company, UnixNanos start);

/// `text` with each <name> replaced. A place that `values` does not know stays as it is.
std::string fill(std::string_view text, const Values& values);

}  // namespace plimsoll::app::demo
