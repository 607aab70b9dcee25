/// span_expectation.h: what a data set says beside a span about what should have happened in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "interaction/interaction.h"

namespace plimsoll::evaluate {

/// The JSON that `attribute` of `step` holds, be it sent as such or inside a string; nullopt if the
/// span has no such attribute.
std::optional<std::string> expectation_of(const Step& step, std::string_view attribute);

}  // namespace plimsoll::evaluate
