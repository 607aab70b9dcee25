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

/// White space around the value is allowed; a Markdown code fence only with `allow_code_fence`.
std::variant<json::Document, NotJson> parse_output(std::string_view output, bool allow_code_fence);

/// Brackets, braces or a string of a text that begins as JSON are still open at its end.
bool ends_inside_json(std::string_view text);

}  // namespace plimsoll::evaluate
