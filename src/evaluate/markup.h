/// markup.h: Markdown and HTML in a text, told from plain writing.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace plimsoll::evaluate {

struct Markup {
    std::string_view kind;  ///< "heading", "bold", "code fence", …
    std::size_t begin = 0;  ///< Bytes [begin, end) of the text.
    std::size_t end = 0;
};

/// In the order of the text. Known: code fence, code, heading, bold, link, image, table, quote,
/// rule; HTML tags of known names and character references. Lists are not: "- one" is how people
/// write them by hand. "a < b", "5 * 3 * 2", "snake_case" and "#1" are none either. Linear.
std::vector<Markup> markup_of(std::string_view text);

}  // namespace plimsoll::evaluate
