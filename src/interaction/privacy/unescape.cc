#include "interaction/privacy/unescape.h"

#include <algorithm>
#include <iterator>

#include "interaction/privacy/characters.h"

namespace plimsoll::interaction::privacy {

namespace {

int hex_value(char c) {
    return is_digit(c) ? c - '0' : lower(c) - 'a' + 10;
}

struct Escape {
    int code = 0;
    std::size_t size = 0;  ///< Bytes it takes; 0 if there is none.
};

/// Up to `digits` digits of base 10 or 16 from `at`.
Escape digits(std::string_view text, std::size_t at, std::size_t digits_max, int base) {
    Escape read;
    while (read.size < digits_max) {
        const char c = byte_at(text, at + read.size);
        if (!(base == 16 ? is_hex(c) : is_digit(c))) break;
        read.code = read.code * base + hex_value(c);
        ++read.size;
    }
    return read;
}

Escape escape_at(std::string_view text, std::size_t at) {
    switch (text[at]) {
        case '\\': {
            std::size_t letter = at;
            while (byte_at(text, letter) == '\\' && letter - at < 8) ++letter;
            if (byte_at(text, letter) != 'u') return {};
            const Escape code = digits(text, letter + 1, 4, 16);
            if (code.size != 4) return {};
            return {code.code, letter + 5 - at};
        }
        case '%': {
            const Escape code = digits(text, at + 1, 2, 16);
            if (code.size != 2) return {};
            return {code.code, 3};
        }
        case '&': {
            if (byte_at(text, at + 1) != '#') return {};
            const bool hex = lower(byte_at(text, at + 2)) == 'x';
            const std::size_t begin = at + (hex ? 3 : 2);
            const Escape code = digits(text, begin, 7, hex ? 16 : 10);
            if (code.size == 0 || byte_at(text, begin + code.size) != ';') return {};
            return {code.code, begin + code.size + 1 - at};
        }
        case '\xEF': {
            const int second = static_cast<unsigned char>(byte_at(text, at + 1));
            const int third = static_cast<unsigned char>(byte_at(text, at + 2));
            if ((second != 0xBC && second != 0xBD) || (third & 0xC0) != 0x80) return {};
            return {0xF000 | (second & 0x3F) << 6 | (third & 0x3F), 3};
        }
        default:
            return {};
    }
}

}  // namespace

std::size_t Unescaped::origin(std::size_t here) const {
    const auto after = std::upper_bound(steps.begin(), steps.end(), here,
                                        [](std::size_t at, const Step& s) { return at < s.here; });
    return after == steps.begin() ? here
                                  : std::prev(after)->there + (here - std::prev(after)->here);
}

Unescaped unescape(std::string_view text) {
    Unescaped plain;
    plain.text.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        Escape escape = escape_at(text, at);
        if (escape.code >= 0xFF01 && escape.code <= 0xFF5E) escape.code -= 0xFEE0;
        // A quotation mark or backslash made plain would end the string it stands in.
        const bool undone = escape.size != 0 && escape.code > 0x20 && escape.code < 0x7F &&
                            escape.code != '"' && escape.code != '\\';
        plain.text += undone ? static_cast<char>(escape.code) : text[at];
        at += undone ? escape.size : 1;
        if (undone) {
            plain.steps.push_back(
                {static_cast<std::uint32_t>(plain.text.size()), static_cast<std::uint32_t>(at)});
        }
    }
    return plain;
}

}  // namespace plimsoll::interaction::privacy
