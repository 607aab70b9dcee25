#include "evaluate/word_hashes.h"

#include <algorithm>
#include <array>

#include "evaluate/hash_bytes.h"

namespace plimsoll::evaluate {

namespace {

enum : std::uint8_t { other = 0, letter = 1, digit = 2, ends_sentence = 3, alone = 4 };

constexpr std::array<std::uint8_t, 256> kinds = [] {
    std::array<std::uint8_t, 256> table{};
    for (int c = 0x80; c < 256; ++c) table[c] = letter;
    for (int c = 0xE3; c <= 0xED; ++c) table[c] = alone;  // Kana, ideographs, Hangul: three bytes.
    for (int c = 'a'; c <= 'z'; ++c) table[c] = table[c - 'a' + 'A'] = letter;
    for (int c = '0'; c <= '9'; ++c) table[c] = digit;
    for (const char c : {'.', '!', '?', '\n'}) table[static_cast<std::uint8_t>(c)] = ends_sentence;
    return table;
}();

std::uint8_t kind_at(std::string_view text, std::size_t at) {
    return kinds[static_cast<std::uint8_t>(text[at])];
}

}  // namespace

std::vector<HashedWord> hashed_words(std::string_view text) {
    text = text.substr(0, UINT32_MAX);
    std::vector<HashedWord> words;
    words.reserve(text.size() / 6);
    bool starts_sentence = true;
    for (std::size_t at = 0; at < text.size();) {
        const std::uint8_t kind = kind_at(text, at);
        if (kind == other || kind == ends_sentence) {
            starts_sentence |= kind == ends_sentence;
            ++at;
            continue;
        }
        const std::size_t begin = at;
        if (kind == alone) {
            at = std::min(at + 3, text.size());
        } else {
            do ++at;
            while (at < text.size() && (kind_at(text, at) == letter || kind_at(text, at) == digit));
        }
        words.push_back({hash_of_small(text.substr(begin, at - begin)),
                         static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at),
                         starts_sentence, kind == digit});
        starts_sentence = false;
    }
    return words;
}

}  // namespace plimsoll::evaluate
