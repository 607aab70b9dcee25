/// count_characters.h: how long a string is to JSON Schema: in Unicode code points.
#pragma once

#include <cstdint>
#include <string_view>

namespace plimsoll::evaluate::schema {

/// `text` is valid UTF-8: every byte that does not continue a character begins one.
inline std::uint64_t count_characters(std::string_view text) {
    std::uint64_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

}  // namespace plimsoll::evaluate::schema
