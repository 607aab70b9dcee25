/// time.h: points in time as OTLP sends them, and the only way a stage learns what time it is.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plimsoll {

/// Nanoseconds since 1970-01-01 UTC. Signed: the wire's uint64 is clamped at 2^63-1 on entry.
using UnixNanos = std::int64_t;

inline constexpr UnixNanos nanos_per_second = 1'000'000'000;

/// Comes in through constructors; tests and rebuilds bring their own.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual UnixNanos now() const = 0;
};

/// "2026-01-05T10:00:00.123Z": UTC, milliseconds.
std::string to_iso8601(UnixNanos time);

/// Reads "2026-01-05", "2026-01-05T10:00:00Z", with fraction or without, UTC or with an offset.
/// nullopt for anything else.
std::optional<UnixNanos> from_iso8601(std::string_view text);

/// "2026-01-05": the UTC day, the name of a journal file.
std::string utc_day(UnixNanos time);

}  // namespace plimsoll
