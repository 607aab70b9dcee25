#include "store/clean_text.h"

#include <cstdint>

namespace plimsoll::store {

namespace {

/// Bytes of the character at the front of `text` (RFC 3629); 0 if there is none.
std::size_t character_bytes(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const auto follows = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0) == 0x80; };
    const std::uint8_t first = byte(0);
    if (first < 0x80) return 1;
    if (first < 0xC2) return 0;
    if (first < 0xE0) return follows(1) ? 2 : 0;
    if (first < 0xF0) {
        if (!follows(1) || !follows(2)) return 0;
        if (first == 0xE0 && byte(1) < 0xA0) return 0;   // Overlong.
        if (first == 0xED && byte(1) >= 0xA0) return 0;  // A surrogate.
        return 3;
    }
    if (first < 0xF5) {
        if (!follows(1) || !follows(2) || !follows(3)) return 0;
        if (first == 0xF0 && byte(1) < 0x90) return 0;
        if (first == 0xF4 && byte(1) >= 0x90) return 0;  // Beyond U+10FFFF.
        return 4;
    }
    return 0;
}

}  // namespace

std::string_view clean_text(std::string_view text, std::string& room, std::size_t bytes_max) {
    std::size_t good = 0;
    while (good < text.size()) {
        if (text[good] == 0) break;
        const std::size_t bytes = character_bytes(text.substr(good));
        if (bytes == 0 || good + bytes > bytes_max) break;
        good += bytes;
    }
    if (good == text.size()) return text;
    room.assign(text.substr(0, good));
    while (good < text.size()) {
        const std::size_t bytes = character_bytes(text.substr(good));
        const std::size_t taken = bytes ? bytes : 1;
        if (room.size() + taken > bytes_max) break;
        if (bytes == 0)
            room += '?';
        else if (text[good] == 0)
            room += ' ';
        else
            room += text.substr(good, bytes);
        good += taken;
    }
    return room;
}

std::string clean_text(std::string_view text, std::size_t bytes_max) {
    std::string room;
    return std::string(clean_text(text, room, bytes_max));
}

}  // namespace plimsoll::store
