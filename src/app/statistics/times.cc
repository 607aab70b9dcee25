#include "app/statistics/times.h"

#include <cmath>

#include <fmt/format.h>

#include "base/json.h"
#include "base/time.h"

namespace plimsoll::app {

std::optional<double> seconds_of(const std::string& word) {
    if (const auto number = number_of(word); number && std::abs(*number) < 9e9) return number;
    const auto nanos = from_iso8601(word);
    if (!nanos) return std::nullopt;
    return static_cast<double>(*nanos) / nanos_per_second;
}

Result<std::vector<double>> times_of(const Rows& rows, const std::string& column) {
    const auto words = rows.texts(column);
    if (!words) return words.error();
    std::vector<double> times;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto seconds = seconds_of((*words)[row]);
        if (!seconds) {
            return Error{fmt::format("{}: {} holds {}; write 2026-01-05T10:00:00Z or Unix seconds",
                                     rows.place(row), column, json::quoted((*words)[row]))};
        }
        times.push_back(*seconds);
    }
    return times;
}

std::string iso_of(double time_s) {
    return to_iso8601(static_cast<UnixNanos>(std::llround(time_s * 1e3)) * 1'000'000);
}

}  // namespace plimsoll::app
