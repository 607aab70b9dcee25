/// encoded.h: base64 that is text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::interaction::privacy {

/// Longer runs are searched only in their first part; pictures are passed over by their bytes.
inline constexpr std::size_t encoded_bytes_max = 1 << 20;

/// The text that a run of base64's alphabet encodes if it is read from its byte `phase` (0 to 3)
/// on: what stands before it, as in "data/", shifts it. nullopt if that is no text: its last twelve
/// bytes are not nearly all printable ASCII.
std::optional<std::string> decoded_text(std::string_view run, std::size_t phase);

}  // namespace plimsoll::interaction::privacy
