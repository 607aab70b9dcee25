/// version_events.h: when did another version of something begin to answer?
///
///   hours × (element, value): interactions ──▶ "prompt p7.2 → p7.3, from Tuesday 10:00"
///
/// A value appears in the hour in which it is seen first after a day in which it had less than 1%
/// of the traffic, if it then takes 5% of the next day's or week's. So a canary is an event, a
/// single stray request is none, and a version that was rolled back to appears again.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/session_hours.h"

namespace plimsoll::analyse {

struct VersionEvent {
    std::int32_t hour = 0;
    std::string element;   ///< model, prompt, provider, retriever, tool_schema, service, …
    std::string from, to;  ///< `from` had most of the traffic of the day before; "" if `to` is the
                           ///< first of its name ("name@version").
};

/// What an attribute's key speaks of: "gen_ai.data_source.id" → "retriever"; the key itself if it
/// is of no kind we know.
std::string element_of(std::string_view key);

/// In time, then by element; nothing of the first day, whose values were there before.
std::vector<VersionEvent> version_events(std::span<const record::VersionCount> counts);

}  // namespace plimsoll::analyse
