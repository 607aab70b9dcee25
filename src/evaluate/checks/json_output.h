/// json_output.h: the JSON in an output, or what is there instead.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/json.h"

namespace plimsoll::evaluate {

/// What keeps an output from being JSON, as a sentence.
struct NotJson {
    std::string why;
};

/// What may stand around the JSON value, beside white space.
struct Around {
    bool code_fence = false;  ///< One Markdown code fence, alone.
    bool prose = false;       ///< Words before and behind it, and a fence among them.
};

/// With prose allowed the value is the first JSON object or array in the output.
std::variant<json::Document, NotJson> parse_output(std::string_view output, Around allowed);

/// Brackets, braces or a string of a text that begins as JSON are still open at its end.
bool ends_inside_json(std::string_view text);

}  // namespace plimsoll::evaluate
