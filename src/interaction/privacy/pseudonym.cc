#include "interaction/privacy/pseudonym.h"

#include <bit>

#include "interaction/privacy/characters.h"

namespace plimsoll::interaction::privacy {

std::uint64_t siphash(const PseudonymKey& key, std::string_view bytes) {
    const auto word_of = [](const auto* from, std::size_t size) {
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < size; ++i)
            word |= std::uint64_t{static_cast<std::uint8_t>(from[i])} << (8 * i);
        return word;
    };
    const std::uint64_t k0 = word_of(key.data(), 8), k1 = word_of(key.data() + 8, 8);
    std::uint64_t v0 = k0 ^ 0x736f6d6570736575, v1 = k1 ^ 0x646f72616e646f6d;
    std::uint64_t v2 = k0 ^ 0x6c7967656e657261, v3 = k1 ^ 0x7465646279746573;
    const auto rounds = [&](int count) {
        while (count-- > 0) {
            v0 += v1, v1 = std::rotl(v1, 13), v1 ^= v0, v0 = std::rotl(v0, 32);
            v2 += v3, v3 = std::rotl(v3, 16), v3 ^= v2;
            v0 += v3, v3 = std::rotl(v3, 21), v3 ^= v0;
            v2 += v1, v1 = std::rotl(v1, 17), v1 ^= v2, v2 = std::rotl(v2, 32);
        }
    };
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        const std::uint64_t word = word_of(bytes.data() + at, 8);
        v3 ^= word;
        rounds(2);
        v0 ^= word;
    }
    const std::uint64_t last =
        word_of(bytes.data() + at, bytes.size() - at) | std::uint64_t{bytes.size()} << 56;
    v3 ^= last;
    rounds(2);
    v0 ^= last;
    v2 ^= 0xff;
    rounds(4);
    return v0 ^ v1 ^ v2 ^ v3;
}

std::string Pseudonyms::of(std::string_view label, std::string_view value) const {
    std::string canonical(label);
    canonical += '\0';
    const bool has_dots = value.find('@') != value.npos || label == "IP";
    for (const char c : value) {
        const bool parts = c == ' ' || c == '-' || c == '(' || c == ')' || c == '/' || c == ':';
        if ((parts && label != "IP") || (c == '.' && !has_dots)) continue;
        canonical += lower(c);
    }
    std::uint64_t hash = siphash(key_, canonical);
    std::string name;
    for (int i = 0; i < 7; ++i, hash /= 26) name += static_cast<char>('a' + hash % 26);
    return name;
}

}  // namespace plimsoll::interaction::privacy
