/// characters.h: what recognisers ask about single bytes and about what stands before a place.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string_view>

namespace plimsoll::interaction::privacy {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
constexpr char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}
constexpr bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}
constexpr bool is_alnum(char c) {
    return is_digit(c) || is_letter(c);
}
constexpr bool is_hex(char c) {
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}
/// Of names and keys: letters, digits, '_' and '-'.
constexpr bool is_token(char c) {
    return is_alnum(c) || c == '_' || c == '-';
}

/// The byte at `at`; '\0' outside of the text.
constexpr char byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? text[at] : '\0';
}
/// The byte before `at`; '\0' if there is none.
constexpr char byte_before(std::string_view text, std::size_t at) {
    return at == 0 ? '\0' : text[at - 1];
}

/// Whether the letter at `at` belongs to an escape of JSON, the n of "\n" or the 9 of "\u00e9", and
/// so to no word.
constexpr bool is_escaped(std::string_view text, std::size_t at) {
    if (byte_before(text, at) == '\\') return true;
    for (std::size_t back = 2; back <= 5 && back <= at; ++back) {
        if (text[at - back] == '\\') return text[at - back + 1] == 'u' && is_hex(text[at]);
    }
    return false;
}

/// Whether a word may begin at `at`: the byte before is no letter or digit, or one of an escape.
constexpr bool begins_word(std::string_view text, std::size_t at) {
    return !is_alnum(byte_before(text, at)) || is_escaped(text, at - 1);
}

/// Whether one of `words` (lower case) stands in the `reach` bytes before `at`, whatever its case.
bool announced(std::string_view text, std::size_t at, std::span<const std::string_view> words,
               std::size_t reach = 40);

}  // namespace plimsoll::interaction::privacy
