/// mismatch.h: what is wrong with tool calls beside the calls that were expected.
///
/// The families are those of the Berkeley Function-Calling Leaderboard (BFCL v4, AST evaluation),
/// so that figures can be laid beside its tables.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::evaluate {

enum class Family : std::uint8_t {
    wrong_count,           ///< More or fewer calls than expected.
    wrong_name,            ///< Another tool.
    missing_required,      ///< A parameter that the tool requires was left out.
    missing_optional,      ///< One that this question needs was left out.
    unexpected_parameter,  ///< One that the tool, or the question, has no use for.
    type,                  ///< 5 where "5" is due.
    nested_type,           ///< The same inside a list.
    literal_type,          ///< Java, JavaScript: the argument is no source text.
    string_value,
    list_value,
    dictionary_key,
    dictionary_value,
    dictionary_unclear,  ///< No dictionary is among the accepted values.
    dictionary_count,    ///< A list of dictionaries of another length.
    other_value,         ///< Numbers, booleans, null, and values of an unexpected kind.
    no_match,            ///< Of several expected calls, one that no call made is.
    unreadable,          ///< Arguments that are no JSON object.
    no_call_expected,    ///< None of the tools fits, yet one was called.
    call_expected,       ///< A tool fits, none was called.
};
inline constexpr std::size_t family_count = 19;

/// "wrong_count", …
std::string_view to_word(Family family);

struct Mismatch {
    Family family;
    std::string why;  ///< One sentence that a person can check.
};

}  // namespace plimsoll::evaluate
