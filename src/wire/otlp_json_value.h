/// otlp_json_value.h: attributes of OTLP/JSON, and the values in them, in the forms that
/// otlp_json.h lists.
#pragma once

#include <cstddef>
#include <cstdint>

#include "wire/json_reader.h"
#include "wire/message_writer.h"

namespace plimsoll::wire {

/// Reads a list of attributes, or a plain object, and writes each as a KeyValue into `field` of
/// `out`. Values in more than `depth_left` lists are cut there, in a way that inspect_span() finds.
void convert_attributes(JsonReader& in, MessageWriter& out, std::uint32_t field,
                        std::size_t depth_left);

/// One value, as the AnyValue `out`.
void convert_value(JsonReader& in, MessageWriter& out, std::size_t depth_left);

/// A string, into `field`; what is no string is passed over.
void convert_text(JsonReader& in, MessageWriter& out, std::uint32_t field);

}  // namespace plimsoll::wire
