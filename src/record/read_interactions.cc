#include "record/read_interactions.h"

#include <algorithm>

#include "interaction/understand.h"

namespace plimsoll::record {

namespace {

/// One span to fetch, for the trace at index `trace` of what is wanted.
struct Fetch {
    std::uint64_t seq;
    std::uint32_t ordinal;
    std::size_t trace;

    auto operator<=>(const Fetch&) const = default;
};

struct Gathered {
    std::vector<Step> steps;
    interaction::Origin origin;
    bool lost = false;
};

}  // namespace

Result<std::vector<std::optional<Interaction>>> read_interactions(
    RowCache& rows, std::span<const WantedTrace> wanted, bool keep_attributes) {
    std::vector<Fetch> fetches;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        for (const auto& place : wanted[i].places)
            fetches.push_back({place.seq, place.ordinal, i});
    std::ranges::sort(fetches);

    std::vector<Gathered> gathered(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
        gathered[i].steps.reserve(wanted[i].places.size());
    for (auto next = fetches.begin(); next != fetches.end();) {
        const std::uint64_t seq = next->seq;
        const auto row_end =
            std::find_if(next, fetches.end(), [&](const Fetch& fetch) { return fetch.seq != seq; });
        const auto row = rows.get(seq);
        if (!row) return row.error();
        if (!*row) {
            for (; next != row_end; ++next) gathered[next->trace].lost = true;
            continue;
        }
        wire::for_each_span(
            (*row)->otlp, [&](std::uint32_t ordinal, const wire::SpanView& span) {
                if (next == row_end || next->ordinal != ordinal) return;
                Gathered& into = gathered[next->trace];
                ++next;
                if (into.steps.empty() || span.parent.is_zero())
                    into.origin = interaction::origin_of(span);
                into.steps.push_back(interaction::understand_span(span, keep_attributes));
            });
        for (; next != row_end; ++next) gathered[next->trace].lost = true;
    }

    std::vector<std::optional<Interaction>> interactions(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (gathered[i].steps.empty()) continue;
        interactions[i] = interaction::assemble(wanted[i].trace, std::move(gathered[i].steps),
                                                gathered[i].origin,
                                                wanted[i].incomplete || gathered[i].lost);
    }
    return interactions;
}

}  // namespace plimsoll::record
