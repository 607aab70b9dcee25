/// mend.h: rewrites a message that inspect.h found good but in need of mending.
///
///   strings that are not UTF-8   become UTF-8, with U+FFFD where no character could be read
///   one value in several pieces  becomes one: the last piece of a scalar, all those of a list
///
/// Everything else is written as it was, unknown fields too. Recursion is as deep as the values
/// are: inspect first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <protozero/pbf_reader.hpp>

#include "wire/message_writer.h"

namespace plimsoll::wire {

/// Which message the bytes are.
enum class MessageKind { resource, scope, span };

/// Writes `encoded`, mended, into `out`. Returns how many strings were not UTF-8.
std::size_t mend(MessageKind kind, std::string_view encoded, MessageWriter& out);

/// Writes one string field, mended. Returns 1 if it was not UTF-8.
std::size_t mend_text(MessageWriter& out, std::uint32_t tag, std::string_view content);

/// Writes the field the reader stands at as it is, whatever its type.
void copy_field(protozero::pbf_reader& reader, MessageWriter& out);

}  // namespace plimsoll::wire
