#include "evaluate/quote.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/utf8.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::size_t quote_characters = 80;

bool shows_itself(std::uint32_t point) {
    return point >= 0x20 && !(point >= 0x7F && point <= 0x9F) && point != 0x200E &&
           point != 0x200F && !(point >= 0x202A && point <= 0x202E) &&
           !(point >= 0x2066 && point <= 0x2069) && point != 0x2028 && point != 0x2029 &&
           point != 0xFEFF;
}

/// Appends `text` so that it is one harmless line; returns how many bytes fitted.
std::size_t append_shown(std::string& line, std::string_view text, std::size_t characters_max) {
    std::size_t i = 0;
    for (std::size_t shown = 0; i < text.size() && shown < characters_max; ++shown) {
        const std::size_t length = utf8_length(text.substr(i));
        const std::uint32_t point = length == 0 ? 0 : first_character(text.substr(i));
        if (length == 0) {
            line += replacement_character;
        } else if (shows_itself(point)) {
            line += text.substr(i, length);
        } else if (is_white_space(point)) {
            line += ' ';
        } else {
            line += fmt::format("\\u{{{:X}}}", point);
        }
        i += std::max<std::size_t>(1, length);
    }
    return i;
}

/// `characters` before `offset`, on a character's first byte.
std::size_t step_back(std::string_view text, std::size_t offset, std::size_t characters) {
    while (offset > 0 && characters > 0) {
        --offset;
        while (offset > 0 && (text[offset] & 0xC0) == 0x80) --offset;
        --characters;
    }
    return offset;
}

}  // namespace

std::string quote(std::string_view text, std::size_t characters_max) {
    std::string line = "“";
    if (append_shown(line, text, characters_max) < text.size()) line += "…";
    return line + "”";
}

std::string quote_around(std::string_view text, std::size_t begin, std::size_t end) {
    const std::size_t inside = count_characters(text.substr(begin, end - begin));
    const std::size_t before = inside < quote_characters ? (quote_characters - inside) / 2 : 0;
    const std::size_t start = step_back(text, begin, before);
    std::string line = start > 0 ? "“…" : "“";
    const std::string_view rest = text.substr(start);
    if (append_shown(line, rest, quote_characters) < rest.size()) line += "…";
    return line + "”";
}

std::string character_at(std::string_view text, std::size_t offset) {
    return fmt::format("character {}", count_characters(text.substr(0, offset)) + 1);
}

}  // namespace plimsoll::evaluate
