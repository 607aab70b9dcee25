/// percent.h: the escapes of a URL, taken off once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::net {

/// "a%20b" → "a b". nullopt for a broken escape or one that hides a NUL.
std::optional<std::string> percent_decoded(std::string_view text);

/// "a=1&b=x+y" → {a: "1", b: "x y"}; the last of equal names. nullopt if an escape is broken, or if
/// there are more than 1000 names.
std::optional<std::map<std::string, std::string>> query_decoded(std::string_view query);

}  // namespace plimsoll::net
