/// series_points.h: a watched series over time, with what was to be expected of it: for a chart.
///
///   counts, WatchedSeries ──a point each day──▶ mean [interval], expected [low, high], sessions
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyse/drift/series_report.h"
#include "analyse/watch/version_events.h"
#include "analyse/watch/watch.h"
#include "base/result.h"

namespace plimsoll::analyse {

struct SeriesPoint {
    std::int32_t hour = 0;  ///< Its first.
    std::uint64_t sessions = 0;
    double value = 0, low = 0, high = 0;  ///< Mean score or quantile, with its 95% interval.
    /// Where the detector sees no change; nullopt before there is a reference, and of quantiles.
    std::optional<Interval> expected;
};

/// Points of `step` hours, aligned to days of UTC if they divide one, or are days or weeks long;
/// stretches without sessions are left out.
std::vector<SeriesPoint> series_points(std::span<const record::SessionCount> counts,
                                       const WatchedSeries& series, std::int32_t step);

/// What a chart of one series shows.
struct SeriesChart {
    WatchedSeries series;
    std::string measure;  ///< As of its findings.
    std::vector<SeriesPoint> points;
    std::vector<VersionEvent> events;
    /// Whole weeks since the reference began, of scores; and what the weekly test and the two-sigma
    /// rule say of those after it. For reports: neither pages.
    std::vector<Week> weeks;
    std::size_t reference_weeks = 0;
    std::vector<WeekVerdict> verdicts;  ///< Of weeks[reference_weeks] on.
};

/// Of the report's series for which `wanted` holds, within hours [from, to).
Result<std::vector<SeriesChart>> series_charts(
    record::SessionHours& hours, const WatchReport& report,
    const std::function<bool(const WatchedSeries&)>& wanted, std::int32_t from, std::int32_t to,
    std::int32_t step);

}  // namespace plimsoll::analyse
