/// literals.h: arguments as a language writes them, and the types its tools declare.
///
/// A tool of a Python or JSON interface is given JSON values. One that stands for a Java or
/// JavaScript function is given source text, every argument a string: "3.14f", "new int[]{1, 2}",
/// "[1, 2]". The literal of the declared type is read from it; what is no such literal stays text,
/// which fits a parameter only where the question itself names a variable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "evaluate/tool_calls/accepted_value.h"

namespace plimsoll::evaluate {

enum class Language : std::uint8_t { python, java, javascript };

/// "python", "java", "javascript"
std::optional<Language> language_of(std::string_view word);

/// What `declared` (the parameter's schema; null if there is none) says in the words of `language`:
///   python      string integer float boolean array tuple dict any; JSON Schema's words too
///   java        byte short integer long float double boolean char String any Array ArrayList Set
///               Queue Stack HashMap Hashtable
///   javascript  String integer float Bigint Boolean dict array any
DeclaredType declared_type(json::Value declared, Language language);

/// mismatch_of_value() of the literal that `value` is in `language`.
std::optional<Mismatch> mismatch_of_argument(std::string_view parameter, json::Value value,
                                             json::Value declared, json::Value accepted,
                                             Language language);

/// The JSON value that source text is a literal of; a JSON string of the text itself if it is none
/// of that type. `items`: the type of a list's elements, "" if not declared: each element is then
/// read as what it looks like.
std::string java_literal(std::string_view text, std::string_view type, std::string_view items);
std::string javascript_literal(std::string_view text, std::string_view type,
                               std::string_view items);

}  // namespace plimsoll::evaluate
