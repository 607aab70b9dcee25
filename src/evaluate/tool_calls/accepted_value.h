/// accepted_value.h: whether an argument is one of the accepted values, by the rules of the
/// Berkeley Function-Calling Leaderboard (BFCL v4).
///
///   value ──▶ its type, as the tool declares it ──▶ one of the accepted values?
///
/// - `accepted` is a list; "" in it means that the parameter may be left out.
/// - Types are exact: 5 is no string, "5" no integer, true no integer; an integer may stand where a
///   float is due. Of a list, the elements have their type too, one level deep.
/// - A value of another type than declared passes if it has the type of the first accepted value: a
///   question may name a variable ("x") where a number is due. It must then be equal.
/// - Strings are compared without case, blanks and , . / - _ * ^, and with ' for ". So are strings
///   inside a list or a dictionary, one level deep.
/// - An accepted dictionary lists, per key, the values accepted for it.
#pragma once

#include <optional>
#include <string_view>

#include "base/json.h"
#include "evaluate/tool_calls/mismatch.h"

namespace plimsoll::evaluate {

/// The type of a parameter in the words of JSON; nullopt where it was not declared: the value's own
/// type is then right.
struct DeclaredType {
    std::optional<json::Kind> kind;
    std::optional<json::Kind> items;  ///< Of an array: what its elements are.
    bool integers_fit = true;         ///< kind is real: an integer may stand for it.
};

/// nullopt: accepted.
std::optional<Mismatch> mismatch_of_value(std::string_view parameter, json::Value value,
                                          DeclaredType type, json::Value accepted);

/// Whether the parameter may be left out.
bool may_be_omitted(json::Value accepted);

}  // namespace plimsoll::evaluate
