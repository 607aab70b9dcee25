#include "app/judging/journal_interactions.h"

#include <unordered_map>

#include "record/read_interactions.h"

namespace plimsoll::app {

Result<std::vector<std::optional<Interaction>>> JournalInteractions::read(
    std::span<const TraceId> traces) {
    const auto known = facts_.known({traces.begin(), traces.end()});
    if (!known) return known.error();
    std::unordered_map<TraceId, std::size_t> place_of;
    std::vector<record::WantedTrace> wanted;
    for (const record::KnownTrace& each : *known) {
        place_of[each.trace] = wanted.size();
        wanted.push_back({each.trace, each.incomplete, each.places});
    }
    auto found = record::read_interactions(rows_, wanted);
    if (!found) return found.error();
    std::vector<std::optional<Interaction>> list;
    for (const TraceId& trace : traces) {
        const auto place = place_of.find(trace);
        list.push_back(place == place_of.end() ? std::nullopt : (*found)[place->second]);
        if (list.back()) list.back()->revision = (*known)[place->second].revision;
    }
    return list;
}

}  // namespace plimsoll::app
