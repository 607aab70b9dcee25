#include <algorithm>
#include <charconv>

#include "app/configuration/units.h"
#include "app/traffic/specification.h"

namespace plimsoll::app::traffic {
namespace {

constexpr UnixNanos minute = 60 * nanos_per_second, hour = 60 * minute, day = 24 * hour;
constexpr std::string_view days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (wrong != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string_view next_word(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    return word;
}

std::optional<UnixNanos> length(std::string_view text) {
    const auto found = duration_named(text);
    if (!found) return std::nullopt;
    return std::chrono::nanoseconds(*found).count();
}

}  // namespace

std::optional<UnixNanos> moment_named(std::string_view text, UnixNanos starts, UnixNanos ends) {
    std::optional<UnixNanos> moment;
    const std::string_view first = next_word(text);
    if (first == "start") {
        moment = starts;
    } else if (first == "end") {
        moment = ends;
    } else if (first.starts_with("end-")) {
        const auto before = length(first.substr(4));
        if (before) moment = ends - *before;
    } else if (first.starts_with('W')) {
        if (const auto week = number(first.substr(1)); week && *week >= 1)
            moment = starts + (*week - 1) * 7 * day;
    } else {
        moment = from_iso8601(first);
    }
    while (moment) {
        const std::string_view word = next_word(text);
        if (word.empty()) return moment;
        const auto* found = std::find(std::begin(days), std::end(days), word);
        if (found != std::end(days)) {
            *moment += (found - std::begin(days)) * day;
        } else if (word == "+") {
            const auto more = length(next_word(text));
            if (!more) return std::nullopt;
            *moment += *more;
        } else {
            const auto colon = word.find(':');
            const auto hours = number(word.substr(0, colon));
            const auto minutes =
                colon == word.npos ? std::optional<int>() : number(word.substr(colon + 1));
            if (!hours || !minutes || *hours > 24 || *minutes > 59) return std::nullopt;
            *moment += *hours * hour + *minutes * minute;
        }
    }
    return std::nullopt;
}

double Event::strength(UnixNanos time) const {
    if (!active(time)) return 0;
    if (shape != Shape::ramp || time >= full) return 1;
    return static_cast<double>(time - start) / static_cast<double>(full - start);
}

UnixNanos Specification::ends() const {
    return starts + static_cast<UnixNanos>(weeks) * 7 * day;
}

}  // namespace plimsoll::app::traffic
