#include "interaction/log_notes.h"

#include <algorithm>

#include "interaction/understand.h"
#include "wire/log_spans.h"

namespace plimsoll::interaction {

bool is_log(const wire::SpanView& span) {
    const auto attributes = span.attributes.list();
    return !attributes.empty() && attributes.front().key == wire::log_marker;
}

wire::EventView event_of_log(const wire::SpanView& log) {
    wire::EventView event{.name = log.name, .time = log.start};
    event.dropped_attributes = log.dropped_attributes;
    for (const wire::Attribute& attribute : log.attributes.list()) {
        if (attribute.key == wire::log_marker) continue;
        if (attribute.key == wire::log_body && !event.name.starts_with("gen_ai.")) {
            bool holds_a_call = false;
            const wire::Attributes sides = wire::members_of(attribute.value);
            for (const wire::Attribute& side : sides.list()) {
                const bool in = side.key == "input";
                if (!in && side.key != "output") continue;
                const wire::Attributes members = wire::members_of(side.value);
                const wire::AnyValue* messages = members.find("messages");
                if (!messages) continue;
                holds_a_call = true;
                event.attributes.add(
                    {in ? "gen_ai.input.messages" : "gen_ai.output.messages", *messages});
            }
            if (holds_a_call) {
                event.name = "gen_ai.client.inference.operation.details";
                continue;
            }
        }
        event.attributes.add(attribute);
    }
    return event;
}

void add_logs(wire::SpanView& span, std::span<const wire::SpanView> logs) {
    const std::size_t own = span.events.size();
    for (const wire::SpanView& log : logs) {
        const wire::EventView& event = span.events.emplace_back(event_of_log(log));
        if (event.name.starts_with("gen_ai.evaluation."))
            continue;  // Of the judge, not the judged.
        // Model, provider and tokens may stand on each record, and nowhere on the span.
        for (const wire::Attribute& attribute : event.attributes.list())
            if (attribute.key.starts_with("gen_ai.") && attribute.key != wire::log_body &&
                !span.attributes.find(attribute.key))
                span.attributes.add(attribute);
    }
    std::stable_sort(
        span.events.begin() + static_cast<std::ptrdiff_t>(own), span.events.end(),
        [](const wire::EventView& a, const wire::EventView& b) { return a.time < b.time; });
}

Step understand_logs(SpanId id, std::span<const wire::SpanView> logs, bool keep_attributes) {
    wire::SpanView span{.id = id, .name = "log records"};
    for (const wire::SpanView& log : logs) {
        span.start = span.start == 0 ? log.start : std::min(span.start, log.start);
        span.end = std::max(span.end, log.end);
        span.trace = log.trace;
        span.scope = log.scope;
        span.dropped_attributes += log.dropped_attributes;
    }
    add_logs(span, logs);
    Step step = understand_span(span, keep_attributes);
    const bool has_words = !step.input.empty() || !step.output.empty();
    if (step.kind == StepKind::other && has_words) step.kind = StepKind::model_call;
    step.from_logs = step.kind != StepKind::other;
    return step;
}

}  // namespace plimsoll::interaction
