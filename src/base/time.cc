#include "base/time.h"

#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace plimsoll {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

struct Split {
    year_month_day date;
    std::int64_t nanos_of_day;
};

Split split(UnixNanos time) {
    constexpr std::int64_t per_day = 86'400 * nanos_per_second;
    std::int64_t day = time / per_day;
    std::int64_t nanos = time % per_day;
    if (nanos < 0) {
        --day;
        nanos += per_day;
    }
    return {year_month_day{sys_days{days{day}}}, nanos};
}

/// Reads exactly `width` digits at the front of `text` and removes them.
std::optional<int> digits(std::string_view& text, std::size_t width) {
    if (text.size() < width) return std::nullopt;
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + width, value);
    if (error != std::errc{} || end != text.data() + width || text[0] == '-') return std::nullopt;
    text.remove_prefix(width);
    return value;
}

bool take(std::string_view& text, char c) {
    if (text.empty() || text[0] != c) return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace

std::string to_iso8601(UnixNanos time) {
    const auto [date, nanos] = split(time);
    const std::int64_t seconds = nanos / nanos_per_second;
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", int(date.year()),
                       unsigned(date.month()), unsigned(date.day()), seconds / 3600,
                       seconds / 60 % 60, seconds % 60, nanos % nanos_per_second / 1'000'000);
}

std::string utc_day(UnixNanos time) {
    const auto date = split(time).date;
    return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()));
}

std::optional<UnixNanos> from_iso8601(std::string_view text) {
    const auto year = digits(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const auto month = digits(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = digits(text, 2);
    if (!day) return std::nullopt;
    const year_month_day date{std::chrono::year{*year}, std::chrono::month(*month),
                              std::chrono::day(*day)};
    if (!date.ok() || *year < 1678 || *year > 2261) return std::nullopt;  // what int64 ns can hold
    UnixNanos time =
        sys_days{date}.time_since_epoch().count() * std::int64_t{86'400} * nanos_per_second;
    if (text.empty()) return time;

    if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
    const auto hour = digits(text, 2);
    if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
    const auto minute = digits(text, 2);
    if (!minute || *minute > 59) return std::nullopt;
    int second = 0;
    if (take(text, ':')) {
        const auto read = digits(text, 2);
        if (!read || *read > 60) return std::nullopt;
        second = *read;
    }
    time += (*hour * 3600ll + *minute * 60 + second) * nanos_per_second;
    if (take(text, '.')) {
        std::int64_t unit = nanos_per_second;
        if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
        while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
            unit /= 10;
            time += (text[0] - '0') * unit;
            text.remove_prefix(1);
        }
    }
    if (text.empty() || text == "Z" || text == "z") return time;
    const bool east = take(text, '+');
    if (!east && !take(text, '-')) return std::nullopt;
    const auto offset_hour = digits(text, 2);
    take(text, ':');
    const auto offset_minute = digits(text, 2);
    if (!offset_hour || *offset_hour > 23 || !offset_minute || *offset_minute > 59) {
        return std::nullopt;
    }
    if (!text.empty()) return std::nullopt;
    const std::int64_t offset = (*offset_hour * 3600ll + *offset_minute * 60) * nanos_per_second;
    return east ? time - offset : time + offset;
}

}  // namespace plimsoll
