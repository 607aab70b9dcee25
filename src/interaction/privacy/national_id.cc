#include <array>
#include <string>

#include "interaction/privacy/characters.h"
#include "interaction/privacy/check_digits.h"
#include "interaction/privacy/recognizers.h"

namespace plimsoll::interaction::privacy {

namespace {

bool two(std::string_view digits, std::size_t at, int min, int max) {
    const int value = (digits[at] - '0') * 10 + digits[at + 1] - '0';
    return value >= min && value <= max;
}
bool month_day(std::string_view digits, std::size_t at, int day_offset = 0) {
    return two(digits, at, 1, 12) && two(digits, at + 2, 1 + day_offset, 31 + day_offset);
}
int value_of(std::string_view digits) {
    return std::stoi(std::string(digits));
}

// Each takes the number without separators, in upper case, and says whether it can be one.

/// Social Security Administration: no 000, 666 or 9xx area, no group 00, no serial 0000.
bool us_ssn(std::string_view d) {
    return d[0] != '9' && d.substr(0, 3) != "000" && d.substr(0, 3) != "666" &&
           d.substr(3, 2) != "00" && d.substr(5) != "0000";
}
bool us_itin(std::string_view d) {
    return d[0] == '9' &&
           (two(d, 3, 50, 65) || two(d, 3, 70, 88) || two(d, 3, 90, 92) || two(d, 3, 94, 99));
}
/// Medicare: CMS's pattern of 11 characters; the letters S, L, O, I, B, Z are never used.
bool us_mbi(std::string_view d) {
    return d[0] != '0' && d.find_first_of("SLOIBZ") == d.npos;
}
bool ca_sin(std::string_view d) {
    return d[0] != '0' && d[0] != '8' && d.find_first_not_of(d[0]) != d.npos && luhn_holds(d);
}
bool uk_nino(std::string_view d) {
    const std::string_view prefix = d.substr(0, 2);
    for (const std::string_view never : {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"}) {
        if (prefix == never) return false;
    }
    return std::string_view("DFIQUV").find(d[0]) == d.npos &&
           std::string_view("DFIQUVO").find(d[1]) == d.npos && d[8] <= 'D' &&
           d.substr(2, 6) != "000000";
}
/// Of the first ten digits one stands twice or three times (§ 139b AO); MOD 11,10.
bool de_tax(std::string_view d) {
    int counts[10] = {}, repeated = 0, most = 0;
    for (const char digit : d.substr(0, 10)) {
        const int count = ++counts[digit - '0'];
        repeated += count == 2;
        most = count > most ? count : most;
    }
    return d[0] != '0' && repeated == 1 && most <= 3 && mod11_10_holds(d);
}
int digit_sum(int value) {
    return value / 10 + value % 10;
}
/// The letter counts as two digits; products by 2 1 2 5 7 1 2 1 2 1 2 1, their digit sums (VKVV).
bool de_social_security(std::string_view d) {
    const int letter = d[8] - 'A' + 1;
    const int values[] = {d[0] - '0',  d[1] - '0',  d[2] - '0', d[3] - '0',
                          d[4] - '0',  d[5] - '0',  d[6] - '0', d[7] - '0',
                          letter / 10, letter % 10, d[9] - '0', d[10] - '0'};
    constexpr int weights[] = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
    int sum = 0;
    for (int i = 0; i < 12; ++i) sum += digit_sum(values[i] * weights[i]);
    return sum % 10 == d[11] - '0' && two(d, 4, 1, 12);
}
bool de_health(std::string_view d) {
    const int letter = d[0] - 'A' + 1;
    const int values[] = {letter / 10, letter % 10, d[1] - '0', d[2] - '0', d[3] - '0',
                          d[4] - '0',  d[5] - '0',  d[6] - '0', d[7] - '0', d[8] - '0'};
    int sum = 0;
    for (int i = 0; i < 10; ++i) sum += digit_sum(values[i] * (i % 2 + 1));
    return sum % 10 == d[9] - '0';
}
constexpr std::string_view es_letters = "TRWAGMYFPDXBNJZSQVHLCKE";
bool es_nif(std::string_view d) {
    return es_letters[static_cast<std::size_t>(value_of(d.substr(0, 8)) % 23)] == d[8];
}
bool es_nie(std::string_view d) {
    if (d[0] < 'X' || d[0] > 'Z') return false;
    std::string digits(d);
    digits[0] = static_cast<char>('0' + (d[0] - 'X'));
    return es_nif(digits);
}
bool fi_code(std::string_view d) {
    if (std::string_view("-+ABCDEFUVWXY").find(d[6]) == d.npos) return false;
    const int number_ = value_of(std::string(d.substr(0, 6)) + std::string(d.substr(7, 3)));
    return two(d, 0, 1, 31) && two(d, 2, 1, 12) &&
           std::string_view(
               "0123456789ABCDEFHJKLMNPRSTUVWXY")[static_cast<std::size_t>(number_ % 31)] == d[10];
}
/// Decreto ministeriale of 1976: odd places by a table, even ones by their value, modulo 26.
bool it_fiscal(std::string_view d) {
    constexpr int odd[] = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                           20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    int sum = 0;
    for (std::size_t i = 0; i < 15; ++i) {
        const int value = is_digit(d[i]) ? d[i] - '0' : d[i] - 'A';
        sum += i % 2 == 0 ? odd[value] : value;
    }
    return sum % 26 == d[15] - 'A';
}
bool in_aadhaar(std::string_view d) {
    return d[0] >= '2' && verhoeff_holds(d);
}
/// The fourth letter says what kind of payer it is.
bool in_pan(std::string_view d) {
    return std::string_view("PCHFATBLJG").find(d[3]) != d.npos && d.substr(5, 4) != "0000";
}
bool kr_resident(std::string_view d) {
    return month_day(d, 2) && d[6] != '0' && d[6] != '9';
}
bool pl_pesel(std::string_view d) {
    // Centuries stand in the month: +0, +20, +40, +60, +80.
    const int month = ((d[2] - '0') * 10 + d[3] - '0') % 20;
    return month >= 1 && month <= 12 && two(d, 4, 1, 31) &&
           weighted(d, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}) % 10 == 0;
}
bool se_personal(std::string_view d) {
    if (d.size() == 12 && !d.starts_with("18") && !d.starts_with("19") && !d.starts_with("20"))
        return false;
    if (d.size() == 12) d.remove_prefix(2);
    return (month_day(d, 2) || month_day(d, 2, 60)) && luhn_holds(d);  // +60: coordination number.
}
bool th_citizen(std::string_view d) {
    return d[0] != '0' && d[1] != '0' &&
           (11 - weighted(d.substr(0, 12), {13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11) % 10 ==
               d[12] - '0';
}
bool tr_citizen(std::string_view d) {
    const int odd = weighted(d.substr(0, 9), {1, 0, 1, 0, 1, 0, 1, 0, 1});
    const int even = weighted(d.substr(0, 9), {0, 1, 0, 1, 0, 1, 0, 1, 0});
    return d[0] != '0' && ((odd * 7 - even) % 10 + 10) % 10 == d[9] - '0' &&
           (odd + even + d[9] - '0') % 10 == d[10] - '0';
}
bool za_citizen(std::string_view d) {
    return month_day(d, 2) && d[10] <= '2' && luhn_holds(d);
}
bool au_tax(std::string_view d) {
    return weighted(d, {1, 4, 3, 7, 5, 8, 6, 9, 10}) % 11 == 0;
}
bool au_medicare(std::string_view d) {
    return d[0] >= '2' && d[0] <= '6' &&
           weighted(d.substr(0, 8), {1, 3, 7, 9, 1, 3, 7, 9}) % 10 == d[8] - '0';
}
bool fr_nir(std::string_view d) {
    const long long body = std::stoll(std::string(d.substr(0, 13)));
    return (d[0] == '1' || d[0] == '2') && 97 - body % 97 == value_of(d.substr(13));
}
bool any(std::string_view) {
    return true;
}

/// What has to be seen besides the number itself.
enum class Needs { nothing, words };

struct Kind {
    /// 9 a digit, A a letter, ? perhaps a separator (space, '-', '.', ':'), ! surely one; the rest
    /// is itself. The class of a Finnish number's seventh character is '*'.
    std::string_view shape;
    bool (*holds)(std::string_view);
    Needs needs;
    std::span<const std::string_view> words;
};

constexpr std::string_view us[] = {"ssn", "social security", "itin", "tax id", "taxpayer"};
constexpr std::string_view ca[] = {"sin", "social insurance"};
constexpr std::string_view in[] = {"aadhaar", "aadhar", "uidai"};
constexpr std::string_view th[] = {"thai", "citizen", "national id"};
constexpr std::string_view kr[] = {"rrn", "frn", "korean", "resident registration"};
constexpr std::string_view au[] = {"tfn", "tax file", "medicare"};
constexpr std::string_view de[] = {"kvnr", "krankenkasse", "versichert", "egk", "health insurance"};
constexpr std::string_view travel[] = {"passport",  "pass-nr",      "reisepass",    "pasaporte",
                                       "passeport", "passaporto",   "passnummer",   "driver",
                                       "licence",   "license",      "führerschein", "identity card",
                                       "ausweis",   "carta d'ident"};

constexpr Kind kinds[] = {
    {"999!99!9999", us_ssn, Needs::nothing, {}},
    {"99999!9999", us_ssn, Needs::words, us},
    {"999!999999", us_ssn, Needs::words, us},
    {"999999999", us_ssn, Needs::words, us},
    {"999!99!9999", us_itin, Needs::nothing, {}},
    {"999999999", us_itin, Needs::words, us},
    {"9AA9?AA9?AA99", us_mbi, Needs::nothing, {}},
    {"9A99?AA9?AA99", us_mbi, Needs::nothing, {}},
    {"9AA9?A99?AA99", us_mbi, Needs::nothing, {}},
    {"9A99?A99?AA99", us_mbi, Needs::nothing, {}},
    {"999!999!999", ca_sin, Needs::nothing, {}},
    {"999999999", ca_sin, Needs::words, ca},
    {"AA?99?99?99?A", uk_nino, Needs::nothing, {}},
    {"99999999999", de_tax, Needs::nothing, {}},
    {"99?999?999?999", de_tax, Needs::nothing, {}},
    {"99?999999?A?999", de_social_security, Needs::nothing, {}},
    {"A999999999", de_health, Needs::words, de},
    {"99999999?A", es_nif, Needs::nothing, {}},
    {"A?9999999?A", es_nie, Needs::nothing, {}},
    {"999999*999*", fi_code, Needs::nothing, {}},
    {"AAAAAA?99A99?A999A", it_fiscal, Needs::nothing, {}},
    {"9999!9999!9999", in_aadhaar, Needs::nothing, {}},
    {"999999999999", in_aadhaar, Needs::words, in},
    {"AAAAA9999A", in_pan, Needs::nothing, {}},
    {"999999!9999999", kr_resident, Needs::nothing, {}},
    {"9999999999999", kr_resident, Needs::words, kr},
    {"99999999999", pl_pesel, Needs::nothing, {}},
    {"999999?9999", se_personal, Needs::nothing, {}},
    {"99999999?9999", se_personal, Needs::nothing, {}},
    {"9!9999!99999!99!9", th_citizen, Needs::nothing, {}},
    {"9999999999999", th_citizen, Needs::words, th},
    {"99999999999", tr_citizen, Needs::nothing, {}},
    {"9999999999999", za_citizen, Needs::nothing, {}},
    {"999?999?999", au_tax, Needs::words, au},
    {"9999?99999?9", au_medicare, Needs::words, au},
    {"9?99?99?99?999?999?99", fr_nir, Needs::nothing, {}},
    {"A9999999", any, Needs::words, travel},
    {"A99999999", any, Needs::words, travel},
    {"AA9999999", any, Needs::words, travel},
    {"AAA999999", any, Needs::words, travel},
    {"A99999999A", any, Needs::words, travel},
    {"AA99999999A", any, Needs::words, travel},
    {"999999999", any, Needs::words, travel},
};

/// Where `shape` ends if it stands at `begin`, or 0. `plain` becomes the number without separators.
std::size_t match(std::string_view text, std::size_t begin, std::string_view shape,
                  std::string& plain) {
    plain.clear();
    char separator = '\0';
    std::size_t i = begin;
    for (const char wanted : shape) {
        const char c = byte_at(text, i);
        if (wanted == '?' || wanted == '!') {
            const bool parts = c == ' ' || c == '-' || c == '.' || c == ':';
            if (parts && (separator == '\0' || c == separator)) {
                separator = c;
                ++i;
            } else if (wanted == '!') {
                return 0;
            }
            continue;
        }
        const bool fits = wanted == '9'   ? is_digit(c)
                          : wanted == 'A' ? is_letter(c)
                                          : is_alnum(c) || c == '-' || c == '+';
        if (!fits) return 0;
        plain += upper(c);
        ++i;
    }
    const char next = byte_at(text, i);
    if (is_alnum(next) || next == '_' || (next == '-' && is_alnum(byte_at(text, i + 1)))) return 0;
    return next == '.' && is_digit(byte_at(text, i + 1)) ? 0 : i;
}

/// How many digits `shape` begins with, separators left out or not.
std::size_t leading_digits(std::string_view shape, bool with_separators) {
    std::size_t count = 0;
    for (const char wanted : shape) {
        if (wanted == '?' && !with_separators) continue;
        if (wanted != '9') break;
        ++count;
    }
    return count;
}

std::optional<Place> find(std::string_view text, std::size_t at, std::size_t floor) {
    std::size_t begin = at;  // Up to six letters come before the first digit.
    while (begin > floor && at - begin < 7 && is_letter(text[begin - 1]) &&
           !is_escaped(text, begin - 1)) {
        --begin;
    }
    // "X-1234567-L": one letter apart.
    if (begin == at && at >= floor + 2 && text[at - 1] == '-' && is_letter(text[at - 2]) &&
        begins_word(text, at - 2)) {
        begin = at - 2;
    } else if (begin == at && at >= floor + 3 && text[at - 1] == ' ' && is_letter(text[at - 2]) &&
               is_letter(text[at - 3]) && begins_word(text, at - 3)) {
        begin = at - 3;  // "AA 12 34 56 B"
    }
    static const auto leading = [] {
        std::array<std::array<std::size_t, 2>, std::size(kinds)> counts;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            counts[i] = {leading_digits(kinds[i].shape, false),
                         leading_digits(kinds[i].shape, true)};
        }
        return counts;
    }();
    std::size_t run = 0;  // Most shapes are ruled out by how many digits come first.
    while (is_digit(byte_at(text, at + run)) && run < 20) ++run;
    std::string plain;
    for (const std::size_t from : {begin, at}) {
        const char before = byte_before(text, from);
        if (!begins_word(text, from) || before == '_' || before == '-' || before == '.') {
            if (begin == at) break;
            continue;
        }
        for (const Kind& kind : kinds) {
            const bool letters_first = kind.shape[0] == 'A';
            if (letters_first != is_letter(text[from])) continue;
            if (!letters_first && run != leading[&kind - kinds][0] &&
                run != leading[&kind - kinds][1]) {
                continue;
            }
            const std::size_t end = match(text, from, kind.shape, plain);
            if (end == 0 || !kind.holds(plain)) continue;
            if (kind.needs == Needs::nothing || announced(text, from, kind.words))
                return Place{from, end};
        }
        if (begin == at) break;
    }
    return std::nullopt;
}

constexpr std::string_view anchors[] = {number};

}  // namespace

const Recognizer national_id{
    .name = "national_id",
    .label = "NATIONAL_ID",
    .says =
        "Numbers that states give to people (US, CA, UK, DE, ES, FI, FR, IT, IN, KR, PL, SE, "
        "TH, TR, ZA, AU), by shape and check digits; passports, licences and the weaker ones "
        "only after a word that names them.",
    .anchors = anchors,
    .find = find,
    .example = "SSN 536-90-4399 is on file."};

}  // namespace plimsoll::interaction::privacy
