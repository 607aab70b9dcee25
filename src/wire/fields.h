/// fields.h: the field numbers of OTLP's trace messages, with the wire type each must have.
///
/// Readers switch over tag and wire type together: a field whose wire type is another one is an
/// unknown field, as protobuf wants it, and never reaches a decoder that would assert on it.
/// Source: opentelemetry-proto 1.11.0. Not for use outside of wire.
#pragma once

#include <cstdint>

#include <protozero/types.hpp>

namespace plimsoll::wire::field {

constexpr std::uint32_t bytes(std::uint32_t tag) {
    return protozero::tag_and_type(tag, protozero::pbf_wire_type::length_delimited);
}
constexpr std::uint32_t varint(std::uint32_t tag) {
    return protozero::tag_and_type(tag, protozero::pbf_wire_type::varint);
}
constexpr std::uint32_t fixed64(std::uint32_t tag) {
    return protozero::tag_and_type(tag, protozero::pbf_wire_type::fixed64);
}
constexpr std::uint32_t fixed32(std::uint32_t tag) {
    return protozero::tag_and_type(tag, protozero::pbf_wire_type::fixed32);
}
/// The tag alone, for writers.
constexpr std::uint32_t tag(std::uint32_t tag_and_type) {
    return tag_and_type >> 3;
}

namespace request {
constexpr auto resource_spans = bytes(1);
}
namespace resource_spans {
constexpr auto resource = bytes(1), scope_spans = bytes(2), schema_url = bytes(3);
}
namespace resource {
constexpr auto attributes = bytes(1), dropped_attributes_count = varint(2);
}
namespace scope_spans {
constexpr auto scope = bytes(1), spans = bytes(2), schema_url = bytes(3);
}
namespace scope {
constexpr auto name = bytes(1), version = bytes(2), attributes = bytes(3),
               dropped_attributes_count = varint(4);
}
namespace span {
constexpr auto trace_id = bytes(1), span_id = bytes(2), trace_state = bytes(3),
               parent_span_id = bytes(4), name = bytes(5), kind = varint(6), start = fixed64(7),
               end = fixed64(8), attributes = bytes(9), dropped_attributes_count = varint(10),
               events = bytes(11), dropped_events_count = varint(12), links = bytes(13),
               dropped_links_count = varint(14), status = bytes(15), flags = fixed32(16);
}
namespace event {
constexpr auto time = fixed64(1), name = bytes(2), attributes = bytes(3),
               dropped_attributes_count = varint(4);
}
namespace link {
constexpr auto trace_id = bytes(1), span_id = bytes(2), trace_state = bytes(3),
               attributes = bytes(4), dropped_attributes_count = varint(5), flags = fixed32(6);
}
namespace status {
constexpr auto message = bytes(2), code = varint(3);
}
namespace key_value {
constexpr auto key = bytes(1), value = bytes(2);
}
namespace any_value {
constexpr auto string = bytes(1), boolean = varint(2), integer = varint(3), real = fixed64(4),
               array = bytes(5), kvlist = bytes(6), raw = bytes(7);
constexpr bool is_list(std::uint32_t field) {
    return field == array || field == kvlist;
}
/// Whether it is of the oneof, of which the last one sent counts.
constexpr bool is_value(std::uint32_t field) {
    return field == string || field == boolean || field == integer || field == real ||
           field == raw || is_list(field);
}
}  // namespace any_value
/// ArrayValue and KeyValueList.
namespace list {
constexpr auto values = bytes(1);
}
/// Where a LogRecord has something of another wire type than a Span, logs that were sent to the
/// traces' address are told apart from broken spans. Its resources and scopes are numbered as
/// theirs.
namespace log_record {
constexpr auto time = fixed64(1), severity_number = varint(2), severity_text = bytes(3),
               body = bytes(5), attributes = bytes(6), dropped_attributes_count = varint(7),
               flags = fixed32(8), trace_id = bytes(9), span_id = bytes(10),
               observed_time = fixed64(11), event_name = bytes(12);
}

}  // namespace plimsoll::wire::field
