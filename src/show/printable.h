/// printable.h: text of traces on a terminal: what it says, never what it commands.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plimsoll::show {

/// `text` with control characters, escapes and bidi overrides made visible ("\x1b", "\u202e"), so that
/// a trace cannot colour, move or reverse what a person reads (A12). Line breaks become "⏎ " unless
/// `keep_lines`. Cut at a character after `characters_max`, with "…".
std::string printable(std::string_view text, std::size_t characters_max = 10'000,
                      bool keep_lines = false);

}  // namespace plimsoll::show
