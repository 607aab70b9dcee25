/// otlp_json.h: OTLP/JSON turned into the protobuf it stands for, so that all behind it sees one
/// encoding. Checks nothing that can be checked in protobuf: admit() does, for both alike.
///
/// Reads what the specification says and what senders send instead:
///
///   names      lowerCamelCase, or snake_case                "scopeSpans", "scope_spans"
///   ids        hex of either case; base64 as plain proto3 JSON has it
///   integers   number, digits in a string, {"low":…,"high":…} of JavaScript's longs
///   reals      number, a number in a string, "NaN", "Infinity", "-Infinity"
///   enums      integer, or its name                         2, "SPAN_KIND_SERVER"
///   attributes [{"key":…,"value":{"stringValue":…}}], or a plain object {"k":"v","n":3}; a plain
///              value where an AnyValue should stand
///   null       as if the member were not there
///   members that OTLP does not know are passed over; so are values of another type than theirs
///
/// Several requests may stand one after the other, as files of JSON lines hold them. Of blanks
/// alone comes the empty request. Where spans are expected, log records become spans that admit()
/// knows for log records; where logs are, they become an ExportLogsServiceRequest, and spans
/// nothing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "wire/admit.h"

namespace plimsoll::wire {

struct OtlpJson {
    std::string otlp;          ///< ExportTraceServiceRequest, unchecked.
    std::size_t repaired = 0;  ///< Strings that were not UTF-8, or held half a surrogate pair.
    bool too_large = false;    ///< With error: more protobuf than the limits allow.
    std::string error;  ///< "" unless the text is not JSON, or not an object: what, and where.
};

OtlpJson read_otlp_json(std::string_view text, const Limits& limits,
                        Signal expected = Signal::traces);

}  // namespace plimsoll::wire
