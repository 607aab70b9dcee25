/// series_changes.h: when a series changed, by how much, and which known event stood there.
///
///   days, with mean and error ──┐  tau: how far neighbours differ beside noise
///   events, with their time   ──┴─▶ change, change, … ── P, when, effect, P of each event
///
/// change_point.h takes counts for independent, and with thousands of sessions a day it takes the
/// luck of a day for a change. So each bucket counts for no more than its distance to its
/// neighbours allows: m (1 - m) / (variance + tau^2). A change splits the series, and each side is
/// searched again; then each is told anew between its neighbours. The effect is averaged over the
/// times at which the change may have been, so its interval knows that the time is uncertain.
/// Source: docs/statistics/7-attribution.md.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

/// A stretch of time, to the begin of the next.
struct SeriesBucket {
    double begin_s = 0;   ///< Unix seconds.
    double mean = 0;      ///< Of the scores, in [0, 1].
    double variance = 0;  ///< Of the mean by sampling, > 0.
};

/// It happened between `begin_s` and `end_s`: alike if the moment is known, a day apart for a date.
struct SeriesEvent {
    double begin_s = 0;
    double end_s = 0;
    std::string what;
};

struct EventShare {
    std::string what;
    double probability = 0;
};

struct SeriesChange {
    double probability = 0;  ///< That something changed between the neighbouring changes.
    double time_s = 0;       ///< The likeliest moment: where a bucket begins.
    double earliest_s = 0, latest_s = 0;  ///< 95% of the moments.
    double before = 0, after = 0;         ///< Mean scores on the two sides of it.
    Estimate effect;                      ///< After - before, if something changed.
    std::vector<EventShare> events;  ///< That the moment was this event's; the likeliest first.

    /// Those that may be named, name_event_at or more. Several stand for one moment, and cannot be
    /// told apart.
    std::vector<std::string> named() const;
};

struct SeriesChanges {
    double none = 1;  ///< P(nothing changed at all).
    double tau = 0;   ///< Standard deviation between buckets beside sampling noise.
    std::vector<SeriesChange> changes;  ///< With probability change_told_at or more, in time.
};

inline constexpr double change_told_at = .90;
inline constexpr std::size_t change_buckets_min = 4;

/// Buckets in time. An event may have changed what begins from the last bucket's beginning before
/// it to the first after it. Undefined below change_buckets_min buckets, or if all means are 0 or
/// all are 1.
Computed<SeriesChanges> series_changes(std::span<const SeriesBucket> buckets,
                                       std::span<const SeriesEvent> events = {});

}  // namespace plimsoll::analyse
