#include "evaluate/json_schema/in_place_cycle.h"

namespace plimsoll::evaluate::schema {

namespace {

std::vector<SubschemaId> applied_always(const Subschema& schema) {
    std::vector<SubschemaId> ids;
    for (const Applicator& applicator : schema.applicators) {
        if (applicator.kind == Applicator::ref || applicator.kind == Applicator::all_of) {
            ids.insert(ids.end(), applicator.schemas.begin(), applicator.schemas.end());
        }
    }
    return ids;
}

}  // namespace

std::optional<SubschemaId> in_place_cycle(const Graph& graph) {
    enum State : std::uint8_t { unseen, on_the_way, done };
    struct Visit {
        SubschemaId id;
        std::vector<SubschemaId> next;
    };
    std::vector<State> states(graph.subschemas.size(), unseen);
    std::vector<Visit> way;  // Depth first, on the heap: a schema may be deep.
    for (SubschemaId start = 0; start < states.size(); ++start) {
        if (states[start] != unseen) continue;
        states[start] = on_the_way;
        way.push_back({start, applied_always(graph.subschemas[start])});
        while (!way.empty()) {
            if (way.back().next.empty()) {
                states[way.back().id] = done;
                way.pop_back();
                continue;
            }
            const SubschemaId id = way.back().next.back();
            way.back().next.pop_back();
            if (states[id] == on_the_way) return id;
            if (states[id] == done) continue;
            states[id] = on_the_way;
            way.push_back({id, applied_always(graph.subschemas[id])});
        }
    }
    return std::nullopt;
}

}  // namespace plimsoll::evaluate::schema
