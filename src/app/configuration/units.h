/// units.h: durations, sizes, counts and addresses as people write them, and back.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::app {

/// "250ms", "2s", "10m", "1.5h", "7d", "1w". Not negative, at most 10,000 years.
std::optional<std::chrono::milliseconds> duration_named(std::string_view text);
/// The largest unit that divides it: "10m", "90s".
std::string to_text(std::chrono::milliseconds duration);

/// "512B", "64KiB", "1.5GiB", or a plain number of bytes.
std::optional<std::size_t> size_named(std::string_view text);
std::string size_text(std::size_t bytes);

/// "1000", "100_000" or "100,000".
std::optional<std::size_t> count_named(std::string_view text);

/// "127.0.0.1:4317", "localhost:0", "[::1]:4317".
bool is_address(std::string_view text);

}  // namespace plimsoll::app
