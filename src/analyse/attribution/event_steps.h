/// event_steps.h: which of the known events moved the series, and by how much each?
///
///   buckets, events ──▶ every subset of the events as "these moved it" ──▶ P(each event), its step
///
/// change_point.h asks for one moment; two changes in a window would share it between them. Here a
/// model is a subset of the events, each piece between them with a rate of its own, and one model
/// more for each other time. Half of the prior is on nothing, 0.4 on subsets (each further event
/// four times less likely), 0.1 on other times; with one event this is change_point.h. Exact; 2^E
/// models for E moments that have events. docs/statistics/7-attribution.md
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analyse/attribution/change_point.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct EventStep {
    std::size_t at = 0;
    std::vector<std::string> events;  ///< All of this moment: they cannot be told apart.
    double probability = 0;           ///< That the series moved here.
    Estimate step = {};  ///< Mean behind it minus mean before it, up to the next moment that
                         ///< the likeliest subset with it has. Buckets' counts are trusted.
};

struct EventSteps {
    double none = 1;                ///< P(nothing changed).
    double other = 0;               ///< P(it changed when no event is known).
    std::vector<EventStep> events;  ///< By time.
};

/// More moments than this are too many to tell apart; the last ones are then left out.
inline constexpr std::size_t event_moments_max = 12;

/// Events outside 1 … T-1 are ignored.
EventSteps event_steps(std::span<const PassBucket> buckets, std::span<const KnownEvent> events,
                       const ChangePriors& priors = {});

}  // namespace plimsoll::analyse
