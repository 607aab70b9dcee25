#include "app/statistics/drift_events.h"

#include <algorithm>

#include "app/statistics/times.h"

namespace plimsoll::app {

Result<std::vector<analyse::SeriesEvent>> drift_events(const Rows& rows) {
    const std::string column = rows.has("time") ? "time" : "date";
    const auto times = times_of(rows, column);
    if (!times) return times.error();
    const auto what = rows.texts("what");
    if (!what) return what.error();
    const std::vector<std::string> words = *rows.texts(column);
    constexpr std::size_t date_length = 10;  // "2026-01-05"
    std::vector<analyse::SeriesEvent> events;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const bool date = words[row].size() == date_length && words[row][4] == '-';
        events.push_back({(*times)[row], (*times)[row] + (date ? 86'400 : 0), (*what)[row]});
    }
    std::ranges::stable_sort(events, {}, &analyse::SeriesEvent::begin_s);
    return events;
}

}  // namespace plimsoll::app
