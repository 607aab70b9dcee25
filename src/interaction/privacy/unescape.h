/// unescape.h: a text as it reads once escapes are undone, and where each byte came from.
///
///   \u0040   JSON, also inside JSON (\\u0040)      %40     percent encoding
///   &#64;    HTML, decimal and hex                 ＠ １   full-width forms, U+FF01 to U+FF5E
///
/// Only what stands for printable ASCII is undone; all else stays. Once: "%2540" stays "%40".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::interaction::privacy {

struct Unescaped {
    std::string text;
    /// After each escape: where the next byte stands here and where it stood there.
    struct Step {
        std::uint32_t here, there;
    };
    std::vector<Step> steps;

    /// Where byte `here` of `text` came from.
    std::size_t origin(std::size_t here) const;
};

/// The literals of which one stands in every text that unescape() changes to something that
/// matters.
inline constexpr std::string_view escape_starts[] = {
    "\\u002", "\\u003", "\\u004", "\\u005", "\\u006", "\\u007",   "\\uff",   "\\uFF",
    "%2B",    "%2b",    "%2D",    "%2d",    "%2E",    "%2e",      "%3",      "%4",
    "%5F",    "%5f",    "%6",     "%7",     "&#",     "\xEF\xBC", "\xEF\xBD"};

Unescaped unescape(std::string_view text);

}  // namespace plimsoll::interaction::privacy
