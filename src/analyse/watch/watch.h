/// watch.h: every series of a deployment, watched: what moved, where, since when, and why.
///
///   SessionHours ──▶ series: dimensions and figures × service × slice ──▶ watch_series, each
///                                 │ episodes
///                                 ├─▶ told_change: moment, sizes   ├─▶ why: mix, versions
///                                 └─▶ Findings, grouped by incident, one of them leading
///
/// A pure function of what was counted up to `end`: run again, on another machine or after late
/// scores, it says the same of the same facts, bit for bit. Nothing is kept between two runs.
#pragma once

#include <string>
#include <vector>

#include "analyse/watch/series_watch.h"
#include "base/result.h"
#include "record/finding.h"
#include "record/session_hours.h"

namespace plimsoll::analyse {

/// From `since` on, what was a change counts as normal.
struct AcceptedBaseline {
    std::string dimension;
    std::string service;  ///< "" for all.
    UnixNanos since = 0;
};

struct WatchOptions {
    std::vector<std::string> attributes;  ///< To slice by.
    std::size_t values_max = 5;           ///< Of each attribute, those with most sessions.
    double false_pages = 1;               ///< Accepted in 90 days in the whole deployment.
    std::int32_t weeks_min = 2, weeks_max = 8;
    std::vector<AcceptedBaseline> accepted;
};

/// A series as it was watched. Of figures there are two: how many exceed each of two quantiles.
struct WatchedSeries {
    record::SessionSeries of;
    double quantile = 0;         ///< 0: scores.
    std::int16_t threshold = 0;  ///< The bin that the reference had at the quantile.
    SeriesWatch watch;
};

struct WatchReport {
    UnixNanos end = 0;   ///< Everything before it was looked at.
    double sharing = 0;  ///< Series that share the budget of false pages.
    std::vector<WatchedSeries> series;
    std::vector<record::Finding> findings;  ///< Newest change first.
};

/// Whole hours before `end` count.
Result<WatchReport> watch(record::SessionHours& hours, const WatchOptions& options, UnixNanos end);

/// Finding::dimension of it: figures belong to "latency", "cost" or "coverage".
std::string dimension_of(const record::SessionSeries& series);
/// Finding::measure of it: "mean score", "p99 ms", …
std::string measure_words(const WatchedSeries& series);
/// The quantiles that are watched of a measure.
std::vector<double> watched_quantiles(const std::string& measure);

}  // namespace plimsoll::analyse
