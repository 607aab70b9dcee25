#include <algorithm>
#include <string>

#include "interaction/privacy/characters.h"
#include "interaction/privacy/check_digits.h"
#include "interaction/privacy/recognizers.h"

namespace plimsoll::interaction::privacy {

namespace {

/// Lengths by country: the IBAN registry of SWIFT, release 99. Sorted.
struct Country {
    std::string_view code;
    std::size_t length;
};
constexpr Country countries[] = {
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22},
    {"BH", 22}, {"BI", 27}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24},
    {"DE", 22}, {"DJ", 27}, {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18},
    {"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27},
    {"GT", 28}, {"HN", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26},
    {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20},
    {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MN", 20},
    {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24},
    {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24},
    {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"SO", 23}, {"ST", 25},
    {"SV", 28}, {"TL", 23}, {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20},
    {"YE", 30}};

std::optional<Place> find(std::string_view text, std::size_t at, std::size_t floor) {
    if (at < floor + 2 || !is_letter(text[at - 1]) || !is_letter(text[at - 2]) ||
        !begins_word(text, at - 2) || !is_digit(byte_at(text, at + 1))) {
        return std::nullopt;
    }
    const std::string code{upper(text[at - 2]), upper(text[at - 1])};
    const auto country = std::lower_bound(
        std::begin(countries), std::end(countries), code,
        [](const Country& one, const std::string& wanted) { return one.code < wanted; });
    if (country == std::end(countries) || country->code != code) return std::nullopt;

    std::string account = code;
    std::size_t end = at;
    for (; end < text.size() && account.size() < country->length; ++end) {
        if (is_alnum(text[end])) {
            account += text[end];
        } else if ((text[end] != ' ' && text[end] != '-') || !is_alnum(text[end - 1])) {
            return std::nullopt;
        }
    }
    if (account.size() != country->length || !mod97_holds(account)) return std::nullopt;
    if (is_alnum(byte_at(text, end))) return std::nullopt;
    return Place{at - 2, end};
}

constexpr std::string_view anchors[] = {number};

}  // namespace

const Recognizer iban{.name = "iban",
                      .label = "IBAN",
                      .says = "Bank accounts: a country of the registry, its length, mod 97.",
                      .anchors = anchors,
                      .find = find,
                      .example = "Refund to GB82 WEST 1234 5698 7654 32."};

}  // namespace plimsoll::interaction::privacy
