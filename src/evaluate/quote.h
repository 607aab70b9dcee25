/// quote.h: pieces of an interaction, fit to stand in an explanation: one line, short, harmless.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plimsoll::evaluate {

/// “text”, its end replaced by … past `characters_max`. Control characters, escapes of a terminal
/// and overrides of the direction of writing show as \u{1B} (A12).
std::string quote(std::string_view text, std::size_t characters_max = 80);

/// The bytes [begin, end) of `text` with what stands around them, 80 characters in all: where the
/// eye finds it.  “…the card 4111 1111 1111 1111 was charged…”
std::string quote_around(std::string_view text, std::size_t begin, std::size_t end);

/// "character 1,204": counted from 1.
std::string character_at(std::string_view text, std::size_t offset);

}  // namespace plimsoll::evaluate
