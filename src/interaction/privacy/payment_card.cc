#include <string>

#include "interaction/privacy/characters.h"
#include "interaction/privacy/check_digits.h"
#include "interaction/privacy/recognizers.h"

namespace plimsoll::interaction::privacy {

namespace {

/// Issuers' ranges, by the first four digits, and the length their numbers have nearly always.
struct Range {
    int first, last;
    std::size_t length;
};
constexpr Range ranges[] = {
    {4000, 4999, 16},                                                        // Visa
    {5100, 5599, 16}, {2221, 2720, 16},                                      // Mastercard
    {3400, 3499, 15}, {3700, 3799, 15},                                      // American Express
    {6011, 6011, 16}, {6440, 6599, 16},                                      // Discover
    {3528, 3589, 16},                                                        // JCB
    {3000, 3059, 14}, {3600, 3699, 14}, {3800, 3999, 14},                    // Diners Club
    {6200, 6299, 16},                                                        // UnionPay
    {5000, 5099, 16}, {5600, 5899, 16}, {6300, 6399, 16}, {6700, 6799, 16},  // Maestro
};
constexpr std::string_view words[] = {"card",  "visa",    "amex",  "mastercard",
                                      "karte", "tarjeta", "carte", "maestro"};

std::optional<Place> find(std::string_view text, std::size_t at, std::size_t) {
    if (!begins_word(text, at) || byte_before(text, at) == '_') return std::nullopt;
    std::size_t run = at;
    while (is_digit(byte_at(text, run)) && run - at < 20) ++run;
    if (run - at != 4 && run - at < 13) return std::nullopt;
    std::string digits, groups;  // Lengths of the groups: "4444".
    std::size_t end = at;
    char separator = '\0';
    for (std::size_t i = at; i < text.size() && digits.size() < 20;) {
        const std::size_t start = i;
        while (is_digit(byte_at(text, i)) && i - start < 20) digits += text[i++];
        groups += static_cast<char>('0' + (i - start));
        end = i;
        const char next = byte_at(text, i);
        if ((next != ' ' && next != '-') || !is_digit(byte_at(text, i + 1))) break;
        if (separator != '\0' && next != separator) break;
        if (digits.size() >= 13) break;
        separator = next;
        ++i;
    }
    if (is_alnum(byte_at(text, end))) return std::nullopt;
    if (digits.size() < 13 || digits.size() > 19 || !luhn_holds(digits)) return std::nullopt;
    const bool grouped_well =
        groups.size() == 1 || groups == "4444" || groups == "465" || groups == "464";
    if (!grouped_well) return std::nullopt;
    const int prefix = std::stoi(digits.substr(0, 4));
    for (const Range& range : ranges) {
        if (prefix >= range.first && prefix <= range.last && digits.size() == range.length)
            return Place{at, end};
    }
    // Rare lengths and issuers look like any long number, unless the text says what they are.
    if (announced(text, at, words)) return Place{at, end};
    return std::nullopt;
}

constexpr std::string_view anchors[] = {number};

}  // namespace

const Recognizer payment_card{
    .name = "payment_card",
    .label = "CARD",
    .says = "Card numbers: an issuer's range and length, Luhn's check digit, usual grouping.",
    .anchors = anchors,
    .find = find,
    .example = "Charge 4111 1111 1111 1111, please."};

}  // namespace plimsoll::interaction::privacy
