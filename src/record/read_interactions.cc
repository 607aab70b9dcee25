#include "record/read_interactions.h"

#include <algorithm>
#include <map>
#include <memory>

#include "interaction/log_notes.h"
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

/// A log record and the row its views point into.
struct Log {
    SpanId of;  ///< The span it speaks of.
    std::shared_ptr<const JournalRow> row;
    wire::SpanView record;
    wire::ScopeView scope;
};

struct Gathered {
    std::vector<Step> steps;
    std::vector<Log> logs;
    interaction::Origin origin;
    bool lost = false;
};

/// The spans of a trace once more, those with logs: understood together with what logs say of them.
/// Logs of spans that never came become steps of their own.
Result<Done> join_logs(RowCache& rows, const WantedTrace& wanted, Gathered& gathered,
                       bool keep_attributes) {
    std::map<SpanId, std::vector<wire::SpanView>> logs;
    for (Log& log : gathered.logs) {
        log.record.scope = &log.scope;
        logs[log.of].push_back(log.record);
    }
    for (const interaction::SpanPlace& place : wanted.places) {
        const auto of = logs.find(place.span);
        if (of == logs.end()) continue;
        const auto row = rows.get(place.seq);
        if (!row) return row.error();
        if (!*row) continue;
        const auto step = std::ranges::find(gathered.steps, place.span, &Step::id);
        if (step == gathered.steps.end()) continue;
        wire::for_each_span((*row)->otlp, [&](std::uint32_t ordinal, const wire::SpanView& span) {
            if (ordinal != place.ordinal) return;
            wire::SpanView whole = span;
            interaction::add_logs(whole, of->second);
            *step = interaction::understand_span(whole, keep_attributes);
        });
        logs.erase(of);
    }
    for (const auto& [id, records] : logs)
        gathered.steps.push_back(interaction::understand_logs(id, records, keep_attributes));
    return Done{};
}

}  // namespace

Result<std::vector<std::optional<Interaction>>> read_interactions(
    RowCache& rows, std::span<const WantedTrace> wanted, bool keep_attributes) {
    std::vector<Fetch> fetches;
    for (std::size_t i = 0; i < wanted.size(); ++i)
        for (const auto& place : wanted[i].places) fetches.push_back({place.seq, place.ordinal, i});
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
        wire::for_each_span((*row)->otlp, [&](std::uint32_t ordinal, const wire::SpanView& span) {
            if (next == row_end || next->ordinal != ordinal) return;
            Gathered& into = gathered[next->trace];
            ++next;
            const bool log = interaction::is_log(span);
            if ((into.steps.empty() && into.origin.resource.empty()) ||
                (span.parent.is_zero() && !log))
                into.origin = interaction::origin_of(span);
            if (!log) {
                into.steps.push_back(interaction::understand_span(span, keep_attributes));
                return;
            }
            Log& note = into.logs.emplace_back(
                Log{span.parent.is_zero() ? span.id : span.parent, *row, span, *span.scope});
            note.record.resource = nullptr;
        });
        for (; next != row_end; ++next) gathered[next->trace].lost = true;
    }

    std::vector<std::optional<Interaction>> interactions(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!gathered[i].logs.empty())
            if (auto joined = join_logs(rows, wanted[i], gathered[i], keep_attributes); !joined)
                return joined.error();
        if (gathered[i].steps.empty()) continue;
        interactions[i] =
            interaction::assemble(wanted[i].trace, std::move(gathered[i].steps), gathered[i].origin,
                                  wanted[i].incomplete || gathered[i].lost);
    }
    return interactions;
}

}  // namespace plimsoll::record
