/// log_spans.h: log records that speak of a model's work, turned into spans, so that all behind the
/// door sees one kind of thing: they are limited, mended, redacted, journalled and gathered alike.
///
///   LogRecord{time, event name, attributes, body, trace, span}
///     ──▶ Span{trace, id = hash of the record, parent = the span it speaks of, name = event name,
///              start = end = time, attributes + log_marker + log_body}
///
/// A record that is sent again gets the same id, so it counts once. The one it speaks of may come
/// before, after, or never. Where the name of an event may stand, best first: `event_name`, the
/// attributes `event.name` and `event_name`, the scope's name.
///
/// Kept are records that are about a model: events `gen_ai.*` and `feature_flag*`, records with an
/// attribute `gen_ai.*`, `llm.*` or `feature_flag.*`, and those whose body holds the input or the
/// output of a call (AWS Distro for OpenTelemetry). The rest are the application's log lines: they
/// are accepted, counted, and not stored.
///
/// A record without a valid trace id is a trace of its own; one with a trace but no span hangs
/// under no span of it (`log_of_trace`).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/id.h"

namespace plimsoll::wire {

/// Set to true on every span that was a log record.
inline constexpr std::string_view log_marker = "plimsoll.log_record";
/// Holds the record's body, as it was sent.
inline constexpr std::string_view log_body = "gen_ai.event.content";
/// The parent of records that name a trace and no span of it. Never zero, so no record looks like
/// the root that its trace still waits for.
SpanId log_of_trace();

struct LogSpans {
    std::string otlp;         ///< ExportTraceServiceRequest in protobuf, unchecked.
    std::size_t ignored = 0;  ///< Records that are about no model.
    std::size_t seen = 0;     ///< Records, kept or not, before the bytes broke off.
    bool broken = false;      ///< The bytes are no ExportLogsServiceRequest.
    bool too_many = false;    ///< More than `records_max`.
};

/// `logs` is an ExportLogsServiceRequest in protobuf.
LogSpans spans_of_logs(std::string_view logs, std::size_t records_max);

}  // namespace plimsoll::wire
