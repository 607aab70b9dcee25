/// describe.h: values and rules in the words of a violation.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"

namespace plimsoll::evaluate::schema {

/// One of the bits of Type (compiled.h).
std::uint8_t type_of(json::Value value);

/// The value of `type`: "string or null".
std::string types_text(json::Value type);

/// Scalars as they are, cut if they are long; "an array of 3", "an object of 2".
std::string short_text(json::Value value);

/// The value of `enum`: "one of "a", "b", 3, …".
std::string alternatives_text(json::Value values);

/// "1 element", "3 elements".
std::string counted(std::uint64_t count, std::string_view what);

}  // namespace plimsoll::evaluate::schema
