#include "analyse/watch/series_points.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "analyse/watch/told_change.h"

namespace plimsoll::analyse {

namespace {

constexpr UnixNanos hour_ns = 3600 * nanos_per_second;

std::optional<Interval> expected_at(const WatchedSeries& series, std::int32_t hour,
                                    std::int32_t step) {
    if (!series.watch.baseline || series.quantile > 0) return std::nullopt;
    const LossBaseline& base = *series.watch.baseline;
    // Of a day or more the hours' pattern is averaged out.
    if (step >= 24) return Interval{1 - base.high, 1 - base.low};
    return Interval{1 - base.high_at(3600.0 * hour), 1 - base.low_at(3600.0 * hour)};
}

/// The weekly test of what was a score (docs/statistics/4-drift.md).
void test_weeks(SeriesChart& chart, std::span<const record::SessionCount> counts) {
    constexpr std::int32_t week = 168;
    if (chart.series.quantile > 0 || counts.empty()) return;
    const SeriesWatch& watch = chart.series.watch;
    const std::vector<LossCount> losses = losses_of(counts);
    const std::int32_t end = losses.back().hour + 1;
    for (std::int32_t from = watch.base_hour; from + week <= end; from += week) {
        const WeightedSums sums = sums_of(between(losses, from, from + week));
        if (sums.n == 0) continue;
        const Estimate mean = mean_score(sums, watch, 1e9);  // How far days differ, weeks will say.
        chart.weeks.push_back({3600.0 * from, mean.value, std::pow(mean.standard_error, 2),
                               static_cast<double>(sums.n)});
        if (from < watch.reference_end) chart.reference_weeks = chart.weeks.size();
    }
    chart.verdicts = week_verdicts(chart.weeks, chart.reference_weeks);
}

}  // namespace

std::vector<SeriesPoint> series_points(std::span<const record::SessionCount> counts,
                                       const WatchedSeries& series, std::int32_t step) {
    std::vector<SeriesPoint> points;
    const std::vector<LossCount> losses =
        series.quantile > 0 ? exceedances_of(counts, series.threshold) : losses_of(counts);
    for (std::size_t at = 0; at < losses.size();) {
        const std::int32_t hour = losses[at].hour - losses[at].hour % step;
        const auto within = between(losses, hour, hour + step);
        at += within.size();
        const WeightedSums sums = sums_of(within);
        SeriesPoint point{hour, sums.n};
        const HourRange range{hour, hour + step};
        const Estimate estimate =
            series.quantile > 0
                ? quantile_of(counts, {&range, 1}, series.quantile, series.watch.design_effect)
                : mean_score(sums, series.watch, 1e9);
        point.value = estimate.value;
        point.low = estimate.interval.low;
        point.high = estimate.interval.high;
        point.expected = expected_at(series, hour, step);
        points.push_back(point);
    }
    return points;
}

Result<std::vector<SeriesChart>> series_charts(
    record::SessionHours& hours, const WatchReport& report,
    const std::function<bool(const WatchedSeries&)>& wanted, std::int32_t from, std::int32_t to,
    std::int32_t step) {
    std::vector<SeriesChart> charts;
    std::vector<std::uint32_t> ids;
    for (const WatchedSeries& one : report.series) {
        if (!wanted(one)) continue;
        charts.push_back({.series = one, .measure = measure_words(one)});
        ids.push_back(one.of.id);
    }
    auto read = hours.counts(
        ids, to, [&](std::uint32_t id, const std::vector<record::SessionCount>& counts) {
            const auto first =
                std::ranges::lower_bound(counts, from, {}, &record::SessionCount::hour);
            for (SeriesChart& chart : charts)
                if (chart.series.of.id == id) {
                    chart.points = series_points({first, counts.end()}, chart.series, step);
                    test_weeks(chart, counts);
                }
        });
    if (!read) return read.error();
    // Series of one service and slice share their events.
    std::map<std::tuple<std::string, std::string, std::string>, std::vector<VersionEvent>> events;
    for (SeriesChart& chart : charts) {
        const record::SessionSeries& of = chart.series.of;
        const auto [at, fresh] = events.try_emplace({of.service, of.attribute, of.value});
        if (fresh) {
            std::map<std::string, std::string> slice;
            if (of.is_slice()) slice[of.attribute] = of.value;
            const auto versions = hours.versions(of.service, slice, from * hour_ns, to * hour_ns);
            if (!versions) return versions.error();
            at->second = version_events(*versions);
        }
        chart.events = at->second;
    }
    return charts;
}

}  // namespace plimsoll::analyse
