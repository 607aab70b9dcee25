/// hash_bytes.h: short texts as numbers, eight bytes at a time. Two texts with one number: as rare
/// as with any 64 bits. For use while a process runs; not to be stored.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace plimsoll::evaluate {

/// The first eight bytes, the first lowest; 0 where there are fewer.
inline std::uint64_t first_eight(std::string_view text) {
    std::uint64_t bytes = 0;
    if (text.size() >= 8) {
        std::memcpy(&bytes, text.data(), 8);
    } else if (text.size() >= 4) {  // Two loads that overlap.
        std::uint32_t first, last;
        std::memcpy(&first, text.data(), 4);
        std::memcpy(&last, text.data() + text.size() - 4, 4);
        bytes = first | std::uint64_t{last} << 8 * (text.size() - 4);
    } else {
        for (std::size_t i = 0; i < text.size(); ++i) {
            bytes |= std::uint64_t{static_cast<std::uint8_t>(text[i])} << 8 * i;
        }
    }
    return bytes;
}

/// Capital letters of ASCII made small in eight bytes; all others stay.
inline std::uint64_t small_ascii(std::uint64_t bytes) {
    constexpr std::uint64_t each = 0x0101010101010101;
    const std::uint64_t seven_bits = bytes & 0x7F * each;
    const std::uint64_t from_a = seven_bits + (0x80 - 'A') * each;
    const std::uint64_t behind_z = seven_bits + (0x7F - 'Z') * each;
    return bytes | ((from_a & ~behind_z & ~bytes & 0x80 * each) >> 2);
}

/// Of the text with its capital letters of ASCII made small.
inline std::uint64_t hash_of_small(std::string_view text) {
    std::uint64_t hash = (text.size() + 1) * 0x9E3779B97F4A7C15;
    do {
        const std::uint64_t next = small_ascii(first_eight(text));
        const auto product = static_cast<unsigned __int128>(hash ^ next) * 0xD6E8FEB86659FD93;
        hash = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
        text.remove_prefix(std::min<std::size_t>(text.size(), 8));
    } while (!text.empty());
    return hash;
}

}  // namespace plimsoll::evaluate
