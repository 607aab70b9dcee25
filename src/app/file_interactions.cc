#include "app/file_interactions.h"

#include <unordered_map>
#include <unordered_set>

#include "app/trace_files.h"
#include "interaction/understand.h"

namespace plimsoll::app {

namespace {

/// Spans of one trace, as they were read.
struct Gathered {
    std::vector<Step> steps;
    interaction::Origin origin;
    std::unordered_set<SpanId> seen;
    bool root_ended = false;
};

/// Traces in the order of their first span.
struct Traces {
    std::vector<TraceId> order;
    std::unordered_map<TraceId, Gathered> by_id;

    void add(const wire::SpanView& span) {
        const auto [at, first] = by_id.try_emplace(span.trace);
        Gathered& trace = at->second;
        if (first) order.push_back(span.trace);
        if (!trace.seen.insert(span.id).second) return;
        if (span.parent.is_zero() || trace.steps.empty())
            trace.origin = interaction::origin_of(span);
        trace.root_ended |= span.parent.is_zero() && span.end > 0;
        trace.steps.push_back(interaction::understand_span(span));
    }
};

}  // namespace

FileInteractions read_file_interactions(const std::vector<std::string>& paths,
                                        const wire::Limits& limits,
                                        const wire::ContentEditor* protect) {
    FileInteractions read;
    Traces traces;
    for (const std::string& path : paths) {
        auto file = read_trace_file(path, limits);
        if (!file) {
            read.complaints.push_back(file.error().what);
            continue;
        }
        for (std::string& complaint : file->complaints)
            read.complaints.push_back(std::move(complaint));
        for (std::string& body : file->bodies) {
            if (protect) body = wire::edit_content(std::move(body), *protect).otlp;
            wire::for_each_span(
                body, [&](std::uint32_t, const wire::SpanView& span) { traces.add(span); });
        }
    }
    for (const TraceId id : traces.order) {
        Gathered& trace = traces.by_id[id];
        read.interactions.push_back(
            interaction::assemble(id, std::move(trace.steps), trace.origin, !trace.root_ended));
    }
    return read;
}

}  // namespace plimsoll::app
