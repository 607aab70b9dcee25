/// series_watch.h: one series watched from its first hour to its last: reference, alarms, recovery.
///
///   weeks 0, 1 ──▶ reference ──▶ weeks 2, 3 watched ──▶ join it … 8 weeks, or an alarm: frozen
///                                  │ evidence reaches the threshold
///                                  ▼
///                  Episode: began, alarm ──▶ back below the middle of before and after: ended
///
/// A pure function of the counts. A reference only ever holds weeks that were over and quiet when
/// the watched week began, so the baseline is predictable, and an incident never joins it.
/// Afterwards it stays as it is: what is to count as normal from then on, somebody has to accept.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analyse/drift/e_detector.h"
#include "analyse/watch/loss_counts.h"

namespace plimsoll::analyse {

struct SeriesWatchOptions {
    double series = 1;                          ///< That share the budget.
    double false_pages = 1;                     ///< Accepted in 90 days, of all of them together.
    std::int32_t weeks_min = 2, weeks_max = 8;  ///< Of the reference.
    /// Nothing before this hour counts: a baseline that somebody accepted, a new version.
    std::int32_t base_hour = 0;
    double tolerance = 0;  ///< More than the baseline's own.
};

struct Episode {
    Direction direction = Direction::score_fell;
    std::int32_t began = 0;             ///< First hour of the change, as the evidence has it.
    std::int32_t alarm = 0;             ///< The hour whose sessions completed the evidence.
    double level = 0;                   ///< Evidence then, as a share of the threshold; >= 1.
    std::optional<std::int32_t> ended;  ///< First hour of the recovery.
};

struct SeriesWatch {
    std::int32_t base_hour = 0;      ///< Begin of the reference, a whole day.
    std::int32_t reference_end = 0;  ///< Frozen there, or as far as it has come.
    Computed<LossBaseline> baseline = Undefined{"no sessions"};
    double design_effect = 1;  ///< Of hours, in the reference: sessions of one go together.
    double sessions_per_day = 0;
    double threshold = 0;                   ///< Of one side.
    double level_fell = 0, level_rose = 0;  ///< At the end, as a share of the threshold.
    std::vector<Episode> episodes;          ///< In time; only the last may go on.
    /// Begin of the week in which it is watched first, while there is no baseline; from the
    /// sessions a day so far. nullopt: not at this rate.
    std::optional<std::int32_t> ready;
};

/// Counts in time; the last hour is complete.
SeriesWatch watch_series(std::span<const LossCount> counts, const SeriesWatchOptions& options);

}  // namespace plimsoll::analyse
