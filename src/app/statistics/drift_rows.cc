#include "app/statistics/drift_rows.h"

#include <algorithm>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "app/statistics/drift_sessions.h"
#include "app/statistics/optional_column.h"
#include "app/statistics/times.h"

namespace plimsoll::app {

namespace {

/// Rows by the series that they belong to, in time.
using Groups = std::map<std::string, std::vector<std::size_t>>;

Result<Groups> groups_of(const Rows& rows, const std::string& by,
                         const std::vector<double>& times) {
    Groups groups;
    if (by.empty()) {
        groups[""].resize(rows.size());
        std::iota(groups[""].begin(), groups[""].end(), 0);
    } else {
        const auto names = rows.texts(by);
        if (!names) return names.error();
        for (std::size_t row = 0; row < names->size(); ++row) groups[(*names)[row]].push_back(row);
    }
    for (auto& [name, group] : groups) {
        std::ranges::stable_sort(group, {}, [&](std::size_t row) { return times[row]; });
    }
    return groups;
}

Error wrong_error(const Rows& rows, std::size_t row, double se) {
    return Error{
        fmt::format("{}: se is {}, but a standard error is above 0; for a week in which all passed "
                    "take half of Wilson's interval / 1.96",
                    rows.place(row), se)};
}

Result<std::vector<DriftSeries>> weeks_by(const Rows& rows, const Groups& groups,
                                          const std::vector<double>& times) {
    const auto mean = rows.all_numbers("mean"), error = rows.all_numbers("se");
    const auto count = optional_numbers(rows, "n");
    if (!mean) return mean.error();
    if (!error) {
        return Error{error.error().what +
                     "; a mean without its error proves nothing; of pass rates give n instead"};
    }
    if (!count) return count.error();
    std::vector<DriftSeries> all;
    for (const auto& [name, group] : groups) {
        DriftSeries& series = all.emplace_back();
        series.name = name;
        for (const std::size_t row : group) {
            const double se = (*error)[row];
            if (!(se > 0)) return wrong_error(rows, row, se);
            series.weeks.push_back({times[row], (*mean)[row], se * se, count->at(row, 0)});
        }
    }
    return all;
}

/// Pass rates of n scores: the series' rate tells the error of each week.
Result<std::vector<DriftSeries>> counts_by(const Rows& rows, const Groups& groups,
                                           const std::vector<double>& times) {
    const auto mean = rows.all_numbers("mean"), count = rows.all_numbers("n");
    if (!mean) return mean.error();
    if (!count) return count.error();
    std::vector<DriftSeries> all;
    for (const auto& [name, group] : groups) {
        DriftSeries& series = all.emplace_back();
        series.name = name;
        series.counts = true;
        double passed = 0, n = 0;
        for (const std::size_t row : group) {
            const double rate = (*mean)[row];
            if (!((*count)[row] > 0 && rate >= 0 && rate <= 1)) {
                return Error{
                    fmt::format("{}: a pass rate is in [0, 1], its n above 0", rows.place(row))};
            }
            passed += rate * (*count)[row], n += (*count)[row];
        }
        if (passed <= 0 || passed >= n) {
            return Error{fmt::format("{}: in \"{}\" all passed, or none", rows.name(), name)};
        }
        const double item = passed / n * (1 - passed / n);
        for (const std::size_t row : group) {
            series.weeks.push_back({times[row], (*mean)[row], item / (*count)[row], (*count)[row]});
        }
    }
    return all;
}

}  // namespace

Result<std::vector<DriftSeries>> drift_rows(const Rows& rows, const std::string& by) {
    if (rows.size() == 0) return Error{rows.name() + ": no rows"};
    const std::string time = rows.has("time") ? "time" : "week";
    const auto times = times_of(rows, time);
    if (!times) {
        if (rows.has(time)) return times.error();
        return Error{times.error().what + "; a series needs a column time, or week"};
    }
    const auto groups = groups_of(
        rows, by.empty() && rows.has("dimension") ? std::string("dimension") : by, *times);
    if (!groups) return groups.error();
    if (!rows.has("score")) {
        const bool counts = !rows.has("se") && rows.has("n");
        if (rows.has("mean")) return (counts ? counts_by : weeks_by)(rows, *groups, *times);
        return Error{"neither a column score (one row a score) nor mean and se (one row a week)"};
    }
    const auto columns = DriftSessions::of(rows);
    if (!columns) return columns.error();
    std::vector<DriftSeries> all;
    for (const auto& [name, group] : *groups) {
        auto series = columns->series(rows, name, group, *times);
        if (!series) return series.error();
        all.push_back(std::move(*series));
    }
    return all;
}

}  // namespace plimsoll::app
