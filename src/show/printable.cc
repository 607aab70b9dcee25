#include "show/printable.h"

#include <cstdint>

#include <fmt/format.h>

namespace plimsoll::show {

namespace {

/// Characters that change how others are shown.
bool commands(std::uint32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C ||
           (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
           (point >= 0xE0000 && point <= 0xE007F);
}

/// One character at the front of `text`; its length in bytes, 1 and U+FFFD if it is broken.
std::pair<std::uint32_t, std::size_t> character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    const std::size_t size = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (size == 1) return {lead, 1};
    if (lead < 0xC2 || size > text.size()) return {0xFFFD, 1};
    std::uint32_t point = lead & (0x7F >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {0xFFFD, 1};
        point = point << 6 | (byte(i) & 0x3F);
    }
    return {point, size};
}

}  // namespace

std::string printable(std::string_view text, std::size_t characters_max, bool keep_lines) {
    std::string shown;
    for (std::size_t count = 0; !text.empty(); ++count) {
        if (count == characters_max) return shown + "…";
        const auto [point, size] = character(text);
        if (point == '\n')
            shown += keep_lines ? "\n" : "⏎ ";
        else if (point == '\t')
            shown += ' ';
        else if (point == 0xFFFD)
            shown += "\uFFFD";
        else if (!commands(point))
            shown += text.substr(0, size);
        else if (point != '\r')
            shown += point < 0x100 ? fmt::format("\\x{:02x}", point) : fmt::format("\\u{:04x}", point);
        text.remove_prefix(size);
    }
    return shown;
}

}  // namespace plimsoll::show
