/// why.h: what stood beside a change: other traffic, another version, or nothing that is known.
///
///   ToldChange, siblings (slices of the same service) ──▶ AttributionEvidence ──▶ Attribution
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "analyse/attribution/attribute.h"
#include "analyse/watch/told_change.h"

namespace plimsoll::analyse {

/// Losses of every value of an attribute, over the hours that the change compares.
using SiblingSlices = std::map<std::string, std::vector<LossCount>>;

struct WhyEvidence {
    std::span<const LossCount> counts;
    const SeriesWatch& watch;
    const ToldChange& told;
    std::span<const VersionEvent> events;
    /// By attribute; empty for a slice, whose inside has no slices.
    const std::map<std::string, SiblingSlices>& siblings;
};

Attribution why(const WhyEvidence& evidence);

/// Events that may have been the moment, a day's uncertainty granted.
std::vector<VersionEvent> events_at(const ToldChange& told, std::span<const VersionEvent> events);

std::string_view to_word(Attribution::Answer answer);

}  // namespace plimsoll::analyse
