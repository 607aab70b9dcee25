/// recognizer.h: one kind of personal data or secret, and how it is told from other text.
///
/// A text is searched once for anchors (anchors.h): an '@', the first digit of a number, three
/// bytes such as "eyJ". Only there a recogniser is asked, and verifies by hand-written rules:
/// lengths, ranges, check digits. To add one: a file with a Recognizer, a line in recognizers.h.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace plimsoll::interaction::privacy {

/// Bytes [begin, end) of a text.
struct Place {
    std::size_t begin = 0;
    std::size_t end = 0;

    bool operator==(const Place&) const = default;
};

/// The anchor of what begins with digits, or with up to six letters and then digits: the first
/// digit.
inline constexpr std::string_view number = "0";
/// The anchor of keys: the begin of a word of letters, digits, '_' and '-' that holds a digit.
inline constexpr std::string_view word = "a0";

struct Recognizer {
    std::string_view name;   ///< In the configuration: "email".
    std::string_view label;  ///< In the placeholder: "EMAIL".
    std::string_view says;   ///< What is found, and by which rule.
    /// Where it is asked: `number`, `word`, '@', ':', or at literals.
    std::span<const std::string_view> anchors;
    /// What stands around `at`, where an anchor was seen; nothing left of `floor` belongs to it.
    std::optional<Place> (*find)(std::string_view text, std::size_t at, std::size_t floor);
    std::string_view example;  ///< A text that holds exactly one.
};

}  // namespace plimsoll::interaction::privacy
