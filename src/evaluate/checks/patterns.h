/// patterns.h: the parameters that required_pattern and forbidden_pattern share.
#pragma once

#include <variant>
#include <vector>

#include "evaluate/check.h"
#include "evaluate/pattern.h"

namespace plimsoll::evaluate {

/// Reads `patterns` and `ignore_case`.
std::variant<std::vector<Pattern>, BadParameter> read_patterns(json::Value params);

/// Their descriptions; `says` is that of `patterns`.
std::vector<Parameter> pattern_parameters(std::string_view says, std::string_view example);

}  // namespace plimsoll::evaluate
