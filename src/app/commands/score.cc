#include <unistd.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/commands/configured.h"
#include "app/trace_files.h"
#include "base/json.h"
#include "interaction/understand.h"
#include "show/printable.h"

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

std::string json_line(const Interaction& interaction, const evaluate::Dimension& dimension,
                      const evaluate::Evaluator& evaluator, const Verdict& verdict) {
    json::Writer w;
    w.begin_object().key("trace").value(interaction.id.hex()).key("dimension");
    w.value(dimension.name).key("evaluator").value(evaluator.name);
    w.key("version").value(evaluator.version).key("score");
    if (const Score* score = verdict.score())
        w.value(score->value());
    else
        w.null();
    w.key("reason").value(verdict.unscored() ? to_word(verdict.unscored()->reason) : "");
    w.key("explanation").value(verdict.explanation);
    w.key("model").value(interaction.versions.model).key("prompt");
    w.value(interaction.versions.prompt).end_object();
    return w.take();
}

std::string table_line(const Interaction& interaction, const evaluate::Dimension& dimension,
                       const evaluate::Evaluator& evaluator, const Verdict& verdict) {
    return fmt::format(
        "{}  {:<14} {:<24} {:<9} {}", interaction.id.hex().substr(0, 8), dimension.name,
        evaluator.name,
        verdict.score() ? fmt::format("{:.3g}", verdict.score()->value()) : "unscored",
        show::printable(verdict.explanation.empty() && verdict.unscored()
                            ? std::string(to_word(verdict.unscored()->reason))
                            : verdict.explanation,
                        120));
}

}  // namespace

int score(const ScoreOptions& options) {
    const auto configuration = configured(options.config);
    if (!configuration) return 1;

    Traces traces;
    int code = 0;
    for (const std::string& path : options.files) {
        const auto file = read_trace_file(path, configuration->wire_limits);
        if (!file) {
            code = complain(file.error().what);
            continue;
        }
        for (const std::string& complaint : file->complaints) code = complain(complaint);
        for (const std::string& body : file->bodies)
            wire::for_each_span(body, [&](std::uint32_t, const wire::SpanView& span) {
                traces.add(span);
            });
    }

    const bool json = options.json || isatty(STDOUT_FILENO) == 0;
    for (const TraceId id : traces.order) {
        Gathered& trace = traces.by_id[id];
        const Interaction interaction = interaction::assemble(
            id, std::move(trace.steps), trace.origin, !trace.root_ended);
        for (const evaluate::Scored& scored : configuration->scorecard.score(interaction)) {
            const auto& dimension = configuration->scorecard.dimensions[scored.dimension];
            const auto& evaluator = dimension.evaluators[scored.evaluator];
            print((json ? json_line : table_line)(interaction, dimension, evaluator,
                                                  scored.verdict));
        }
    }
    return code;
}

}  // namespace plimsoll::app
