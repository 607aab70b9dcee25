/// otlp_json_scalar.h: single numbers, enums and ids of OTLP/JSON, in all the forms that
/// otlp_json.h lists. Each reads one value from the reader, whatever it is; nullopt if it is of
/// another type than its own, or null.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "wire/json_reader.h"

namespace plimsoll::wire {

/// A fixed64, uint32 or the like. Clamped at 0 and 2^64-1.
std::optional<std::uint64_t> read_unsigned(JsonReader& in);

/// An int64; what is a number but no int64 (2^63, 0.5) comes as a double.
std::optional<std::variant<std::int64_t, double>> read_integer(JsonReader& in);

std::optional<double> read_real(JsonReader& in);

/// Or "true", "false".
std::optional<bool> read_boolean(JsonReader& in);

/// An integer, or its place in `names`.
std::optional<std::uint32_t> read_enum(JsonReader& in, std::span<const std::string_view> names);

/// The bytes of an id of `size` bytes. "" if absent or empty; "?" for what is no such id, since
/// that has the wrong length for every id.
std::string read_id(JsonReader& in, std::size_t size);

/// A number as JSON writes it: int64 if it is one, double otherwise.
std::variant<std::int64_t, double> to_number(std::string_view text);

}  // namespace plimsoll::wire
