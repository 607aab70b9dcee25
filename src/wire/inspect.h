/// inspect.h: what is wrong with a span, or with the resource and scope above it. Changes nothing.
///
/// The hot path of the door: one walk over the bytes, every string read once. Bytes that are not
/// protobuf throw protozero::exception, which admit() turns into a refusal of the body.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <protozero/pbf_reader.hpp>

#include "wire/admit.h"

namespace plimsoll::wire {

/// Why a span is left out, worst first. For a person: fault_text().
enum class Fault : std::uint8_t {
    none,
    log_record,
    trace_id,
    span_id,
    parent_span_id,
    nesting,
    attribute_count,
    key_length,
    last = key_length
};

/// "the trace id is not 16 bytes, or all zero"
std::string_view fault_text(Fault fault);

struct Findings {
    Fault fault = Fault::none;
    bool mend = false;  ///< Good but for strings or pieces of values that mend.h puts right.
};

/// One encoded Span.
Findings inspect_span(std::string_view span, const Limits& limits);

/// Of an encoded ResourceSpans, all but its scope_spans.
Findings inspect_resource(std::string_view resource_spans, const Limits& limits);

/// Of an encoded ScopeSpans, all but its spans.
Findings inspect_scope(std::string_view scope_spans, const Limits& limits);

}  // namespace plimsoll::wire
