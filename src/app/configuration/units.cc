#include "app/configuration/units.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace plimsoll::app {

namespace {

struct Unit {
    std::string_view name;
    double worth;
};

constexpr Unit duration_units[] = {{"w", 604'800'000}, {"d", 86'400'000}, {"h", 3'600'000},
                                   {"m", 60'000},      {"s", 1'000},      {"ms", 1}};
constexpr Unit size_units[] = {
    {"GiB", 1u << 30}, {"MiB", 1u << 20}, {"KiB", 1u << 10}, {"B", 1}, {"", 1}};

/// A number directly followed by a unit.
template <std::size_t count>
std::optional<double> measure(std::string_view text, const Unit (&units)[count], double max) {
    if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number, std::chars_format::fixed);
    if (read.ec != std::errc{}) return std::nullopt;
    const std::string_view name(read.ptr, static_cast<std::size_t>(end - read.ptr));
    for (const Unit& unit : units) {
        if (unit.name != name) continue;
        const double value = std::round(number * unit.worth);
        return value <= max ? std::optional(value) : std::nullopt;
    }
    return std::nullopt;
}

template <std::size_t count>
std::string in_largest_unit(std::uint64_t value, const Unit (&units)[count]) {
    for (const Unit& unit : units) {
        const auto worth = static_cast<std::uint64_t>(unit.worth);
        if (value >= worth && value % worth == 0)
            return fmt::format("{}{}", value / worth, unit.name);
    }
    return "0";
}

}  // namespace

std::optional<std::chrono::milliseconds> duration_named(std::string_view text) {
    const auto ms = measure(text, duration_units, 10'000.0 * 366 * 86'400'000);
    if (!ms) return std::nullopt;
    return std::chrono::milliseconds(static_cast<std::int64_t>(*ms));
}

std::string to_text(std::chrono::milliseconds duration) {
    if (duration.count() == 0) return "0s";
    return in_largest_unit(static_cast<std::uint64_t>(duration.count()), duration_units);
}

std::optional<std::size_t> size_named(std::string_view text) {
    const auto bytes = measure(text, size_units, 0x1p53);
    if (!bytes) return std::nullopt;
    return static_cast<std::size_t>(*bytes);
}

std::string size_text(std::size_t bytes) {
    if (bytes == 0) return "0B";
    return in_largest_unit(bytes, size_units);
}

std::optional<std::size_t> count_named(std::string_view text) {
    std::size_t count = 0;
    bool digit = false;
    for (const char c : text) {
        if ((c == '_' || c == ',') && digit) {
            digit = false;
            continue;
        }
        if (c < '0' || c > '9' || count > (std::size_t{1} << 53)) return std::nullopt;
        count = count * 10 + static_cast<std::size_t>(c - '0');
        digit = true;
    }
    return digit ? std::optional(count) : std::nullopt;
}

bool is_address(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == text.npos || colon == 0) return false;
    const std::string_view host = text.substr(0, colon);
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (!bracketed && host.find_first_of(":[]/@ ") != host.npos) return false;
    const std::string_view port = text.substr(colon + 1);
    unsigned number = 0;
    const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
    return read.ec == std::errc{} && read.ptr == port.data() + port.size() && number <= 65'535;
}

}  // namespace plimsoll::app
