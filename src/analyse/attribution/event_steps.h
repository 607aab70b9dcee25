/// event_steps.h: which of the known events moved the series, and by how much each?
///
///   buckets, events ──▶ every subset of the events as "these moved it" ──▶ P(each event), its step
///
/// change_point.h asks for one moment; two changes in a window would share it between them. Here a
/// model is a subset of the events, each piece between them with a rate of its own, and one model
/// more for each other time. Moments with the same names are a ramp of one change. Half of the
/// prior is on nothing, 0.4 on subsets (each further event four times less likely), 0.1 on other
/// times; with one event this is change_point.h. Exact; 2^E models for E moments that have events.
/// docs/statistics/7-attribution.md
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analyse/attribution/change_point.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

/// One element's events, or those of elements that always moved together.
struct EventStep {
    std::vector<std::size_t> at = {};  ///< More than one for a ramp: a canary, then everyone.
    std::vector<std::string> events;   ///< The names of each of these moments.
    double probability = 0;            ///< That the series moved at any of them.
    Estimate step = {};  ///< Mean behind the last minus mean before the first of them, up to the
                         ///< next event that may have moved the series too (probability >= .05).
                         ///< Counts are trusted: scale them to effective ones.
};

struct EventSteps {
    double none = 1;                ///< P(nothing changed).
    double other = 0;               ///< P(it changed when no event is known).
    std::vector<EventStep> events;  ///< By their first times.
};

/// More moments than this are too many to tell apart; the last ones are then left out.
inline constexpr std::size_t event_moments_max = 12;

/// Events outside 1 … T-1 are ignored.
EventSteps event_steps(std::span<const PassBucket> buckets, std::span<const KnownEvent> events,
                       const ChangePriors& priors = {});

}  // namespace plimsoll::analyse
