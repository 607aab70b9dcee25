/// log_notes.h: what log records say of a span, put back where it belongs (wire/log_spans.h).
///
///   span ───────────────┐
///   log records of it ──┴─▶ the span with one event more for each ─▶ understand_span()
///   log records of a span that never came ─▶ a span made of them
///
/// Events of logs come after the span's own, in the order of their times and then of arrival. Pure.
#pragma once

#include <span>
#include <vector>

#include "interaction/interaction.h"
#include "wire/otlp.h"

namespace plimsoll::interaction {

/// This span was a log record.
bool is_log(const wire::SpanView& span);

/// A log record as the event that it is. A body that holds input and output of a call (AWS Distro
/// for OpenTelemetry) becomes the attributes that say the same. Its views are those of `log`.
wire::EventView event_of_log(const wire::SpanView& log);

/// Adds the events of `logs` to `span`, and the attributes `gen_ai.*` that it lacks.
void add_logs(wire::SpanView& span, std::span<const wire::SpanView> logs);

/// The step of a span `id` that is known by its logs only.
Step understand_logs(SpanId id, std::span<const wire::SpanView> logs, bool keep_attributes = false);

}  // namespace plimsoll::interaction
