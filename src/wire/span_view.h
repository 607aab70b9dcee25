/// span_view.h: the spans of an admitted body, as views over its bytes.
///
///   otlp ──for_each_span──▶ SpanView ─┬─ resource, scope         shared by the spans beneath them
///                                     ├─ attributes, status
///                                     └─ events, links
///        ──for_each_span_key──▶ SpanKey                          ids and times only
///
/// Both count spans alike, so an ordinal found by one names the same span in the other. Times
/// beyond 2^63-1 are clamped there; an end before its start is its start.
///
/// One core, release (admit_bench.cc): 2.1 M thin spans/s and 2.8 M fat ones as SpanView, 10 M and
/// 8.5 M as SpanKey.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "wire/any_value.h"

namespace plimsoll::wire {

struct EventView {
    std::string_view name;
    UnixNanos time = 0;
    Attributes attributes;
    std::uint32_t dropped_attributes = 0;
};

/// Ids that had not their length read as zero.
struct LinkView {
    TraceId trace;
    SpanId span;
    Attributes attributes;
};

struct ResourceView {
    Attributes attributes;
    std::string_view schema_url;
};

struct ScopeView {
    std::string_view name;
    std::string_view version;
    std::string_view schema_url;
    Attributes attributes;
};

/// Numbers that OTLP does not know yet read as unspecified and unset.
enum class SpanKind : std::uint8_t { unspecified, internal, server, client, producer, consumer };
enum class StatusCode : std::uint8_t { unset, ok, error };

/// One span. All views point into the body it was read from, which must outlive it.
struct SpanView {
    const ResourceView* resource = nullptr;  ///< Never null inside for_each_span.
    const ScopeView* scope = nullptr;        ///< Never null inside for_each_span.
    TraceId trace;
    SpanId id;
    SpanId parent;  ///< Zero for a root.
    std::string_view trace_state;
    std::string_view name;
    SpanKind kind = SpanKind::unspecified;
    UnixNanos start = 0;
    UnixNanos end = 0;  ///< 0 if never ended (pending spans).
    Attributes attributes;
    std::vector<EventView> events;
    std::vector<LinkView> links;
    StatusCode status = StatusCode::unset;
    std::string_view status_message;
    std::uint32_t dropped_attributes = 0;
    std::uint32_t dropped_events = 0;
    std::uint32_t dropped_links = 0;
};

/// Calls `visit(ordinal, span)` for every span of an admitted body in the order of its bytes; the
/// ordinal counts from 0. The SpanView is reused: copy what you keep. False if the bytes broke off:
/// the spans before were visited, the broken one and those behind it were not.
bool for_each_span(std::string_view otlp,
                   const std::function<void(std::uint32_t ordinal, const SpanView&)>& visit);

/// The little of a span that gathering needs, read without touching its attributes.
struct SpanKey {
    TraceId trace;
    SpanId id;
    SpanId parent;
    UnixNanos start = 0;
    UnixNanos end = 0;
};

/// As for_each_span, many times faster.
bool for_each_span_key(std::string_view otlp,
                       const std::function<void(std::uint32_t ordinal, const SpanKey&)>& visit);

}  // namespace plimsoll::wire
