#include "wire/utf8.h"

#include <cstdint>

#include <simdjson.h>

#include "base/utf8.h"

namespace plimsoll::wire {
namespace {

/// Bytes at the front of `text`, where no whole character stands, that one U+FFFD replaces: as many
/// as could be the front of some character, at least one.
std::size_t broken_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(0);
    if (first < 0xE0 || first > 0xF4 || text.size() < 2) return 1;
    const std::uint8_t second_min = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t second_max = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (byte(1) < second_min || byte(1) > second_max) return 1;
    const bool third_follows = text.size() > 2 && (byte(2) & 0xC0) == 0x80;
    return first >= 0xF0 && third_follows ? 3 : 2;
}

}  // namespace

bool valid_utf8_by_simd(std::string_view text) {
    return simdjson::validate_utf8(text.data(), text.size());
}

std::string mended_utf8(std::string_view text) {
    std::string mended;
    mended.reserve(text.size() + text.size() / 8 + 3);
    while (!text.empty()) {
        std::size_t length = utf8_length(text);
        if (length != 0) {
            mended.append(text.substr(0, length));
        } else {
            length = broken_length(text);
            mended.append(replacement_character);
        }
        text.remove_prefix(length);
    }
    return mended;
}

}  // namespace plimsoll::wire
