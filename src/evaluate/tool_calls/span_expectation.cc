#include "evaluate/tool_calls/span_expectation.h"

#include "base/json.h"

namespace plimsoll::evaluate {

std::optional<std::string> expectation_of(const Step& step, std::string_view attribute) {
    for (const auto& [key, value] : step.attributes) {
        if (key != attribute) continue;
        const auto sent = json::Document::parse(value);
        if (!sent || !sent->root().is_string()) return value;
        const std::string text(sent->root().as_string());
        return json::Document::parse(text).ok() ? text : value;  // A plain word: a JSON string.
    }
    return std::nullopt;
}

}  // namespace plimsoll::evaluate
