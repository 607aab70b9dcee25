/// told_change.h: an episode as a person wants to hear it: since when, from what, to what.
///
///   counts, Episode ──buckets──▶ series_changes: when, and at which event ──▶ means on both sides
///
/// The detector knows that something moved and roughly since when; here the moment gets a
/// distribution and the sizes get intervals. docs/statistics/7-attribution.md
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analyse/attribution/event_steps.h"
#include "analyse/attribution/series_changes.h"
#include "analyse/watch/series_watch.h"
#include "analyse/watch/version_events.h"

namespace plimsoll::analyse {

/// Hours [from, to) of a series.
struct HourRange {
    std::int32_t from = 0, to = 0;
};

struct ToldChange {
    std::int32_t since = 0, earliest = 0, latest = 0;  ///< Hours; 95% of the moments.
    /// Quiet hours before `since`, and the hours of the change.
    std::vector<HourRange> before_hours;
    HourRange after_hours;
    Estimate before, after, change;  ///< Of the score, 1 - loss.
    std::uint64_t sessions_before = 0, sessions_after = 0;
    std::optional<EventSteps> when;  ///< If any version changed in the window.
};

ToldChange tell_change(std::span<const LossCount> counts, const SeriesWatch& watch,
                       std::size_t episode, std::span<const VersionEvent> events);

/// The mean score of these hours; intervals as if sessions of one hour went together as in the
/// reference, and days differed as there.
Estimate mean_score(const WeightedSums& losses, const SeriesWatch& watch, double days);
WeightedSums sums_of(std::span<const LossCount> counts, std::span<const HourRange> hours);
/// The quantile of figures in these hours, with the limits that its ranks give.
Estimate quantile_of(std::span<const record::SessionCount> figures,
                     std::span<const HourRange> hours, double quantile, double design_effect);

}  // namespace plimsoll::analyse
