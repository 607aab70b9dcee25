/// find_any.h: the next of a few bytes in a text, sixteen at a time.
///
/// std::string_view::find_first_of calls a function for every byte; this reads 8 GB/s where
/// nothing is found (checks_bench.cc: sentences, markup).
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace plimsoll::evaluate {

/// Where the first of `bytes` stands at or behind `at`; the size of the text if none does.
template <char... bytes>
std::size_t find_any(std::string_view text, std::size_t at = 0) {
    // In whatever vector registers the machine has.
    using Block = std::uint8_t __attribute__((vector_size(16)));
    for (; at + 16 <= text.size(); at += 16) {
        Block block;
        std::memcpy(&block, text.data() + at, 16);
        const auto found = (... | (block == static_cast<std::uint8_t>(bytes)));
        std::uint64_t halves[2];
        std::memcpy(halves, &found, 16);
        if ((halves[0] | halves[1]) == 0) continue;
        // Equal bytes are all ones, and the first in the text is the lowest.
        return at + static_cast<std::size_t>(halves[0] != 0 ? __builtin_ctzll(halves[0]) / 8
                                                            : 8 + __builtin_ctzll(halves[1]) / 8);
    }
    while (at < text.size() && !(... || (text[at] == bytes))) ++at;
    return at;
}

}  // namespace plimsoll::evaluate
