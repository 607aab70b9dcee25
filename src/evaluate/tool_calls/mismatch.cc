#include "evaluate/tool_calls/mismatch.h"

namespace plimsoll::evaluate {

std::string_view to_word(Family family) {
    constexpr std::string_view words[family_count] = {
        "wrong_count",        "wrong_name",           "missing_required",
        "missing_optional",   "unexpected_parameter", "type",
        "nested_type",        "literal_type",         "string_value",
        "list_value",         "dictionary_key",       "dictionary_value",
        "dictionary_unclear", "dictionary_count",     "other_value",
        "no_match",           "unreadable",           "no_call_expected",
        "call_expected",
    };
    return words[static_cast<std::size_t>(family)];
}

}  // namespace plimsoll::evaluate
