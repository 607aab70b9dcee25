#include <array>
#include <string>

#include "interaction/privacy/characters.h"
#include "interaction/privacy/recognizers.h"

namespace plimsoll::interaction::privacy {

namespace {

constexpr std::string_view words[] = {
    "phone", "call",  "tel",     "mobile",  "cell",  "fax",  "sms",     "whatsapp",
    "dial",  "handy", "telefon", "contact", "mobil", "ring", "text me", "reach me"};

/// Digits in groups, as people write numbers: "+49 (30) 1234-567".
struct Groups {
    bool plus = false, brackets = false;
    std::size_t begin = 0;
    std::string lengths;              ///< One digit for each group: "334".
    std::array<std::size_t, 8> ends;  ///< Where each group ends.
    std::string digits;
    std::string separators;  ///< The first byte between two groups.
};

Groups read_groups(std::string_view text, std::size_t at, std::size_t floor) {
    Groups groups{.begin = at};
    std::size_t i = at;
    if (at > floor && text[at - 1] == '(') {
        groups.brackets = true;
        groups.begin = at - 1;
    }
    if (groups.begin > floor && text[groups.begin - 1] == '+') {
        groups.plus = true;
        --groups.begin;
    }
    while (groups.lengths.size() < groups.ends.size() && groups.digits.size() <= 15) {
        const std::size_t start = i;
        while (is_digit(byte_at(text, i)) && i - start < 16) groups.digits += text[i++];
        groups.ends[groups.lengths.size()] = i;
        groups.lengths += static_cast<char>('0' + (i - start));
        std::size_t next = i;
        if (byte_at(text, next) == ')') ++next;
        const char separator = byte_at(text, next);
        if (separator == ' ' || separator == '-' || separator == '.' || separator == '/') ++next;
        if (byte_at(text, next) == '(') {
            groups.brackets = true;
            ++next;
        }
        if (next == i || !is_digit(byte_at(text, next))) break;
        groups.separators += text[i];
        i = next;
    }
    return groups;
}

/// Whether the first `count` groups of `all` look like a telephone number.
bool looks_dialled(const Groups& all, std::size_t count, bool is_announced) {
    const std::string_view lengths = std::string_view(all.lengths).substr(0, count);
    std::size_t size = 0;
    for (const char length : lengths) size += static_cast<std::size_t>(length - '0');
    const std::string_view digits = std::string_view(all.digits).substr(0, size);
    const std::string_view separators = std::string_view(all.separators).substr(0, count - 1);
    const bool dashed = separators.find_first_not_of('-') == separators.npos;

    if (all.plus) return size >= 8 && size <= 15 && digits[0] != '0';
    if (digits.starts_with("00") && count > 1) return size >= 10 && size <= 15;
    if (lengths == "334" || (lengths == "1334" && digits[0] == '1')) return true;
    if (all.brackets && count > 1 && size >= 8 && size <= 12) return lengths[0] <= '5';
    if (digits[0] == '0' && count > 1 && size >= 9 && size <= 11) {
        return lengths[0] >= '2' || dashed;
    }
    if (lengths == "2222" && dashed) return true;
    return is_announced && size >= 6 && size <= 15 &&
           !(lengths == "422" || lengths == "224" || lengths == "324");  // Dates and US SSN.
}

/// " x123", " ext. 123": where it ends, or `end`.
std::size_t with_extension(std::string_view text, std::size_t end) {
    std::size_t i = end;
    if (byte_at(text, i) == ' ') ++i;
    if (lower(byte_at(text, i)) == 'x') {
        ++i;
    } else if (text.substr(i).starts_with("ext")) {
        i += 3;
        if (byte_at(text, i) == '.') ++i;
        if (byte_at(text, i) == ' ') ++i;
    } else {
        return end;
    }
    const std::size_t begin = i;
    while (is_digit(byte_at(text, i))) ++i;
    return i > begin && i - begin <= 6 ? i : end;
}

bool may_end(std::string_view text, std::size_t end) {
    const char next = byte_at(text, end), after = byte_at(text, end + 1);
    if (is_alnum(next) || next == '_') return false;
    return !((next == ':' || next == '.' || next == ',' || next == '/' || next == '-') &&
             is_digit(after));
}

std::optional<Place> find(std::string_view text, std::size_t at, std::size_t floor) {
    const Groups groups = read_groups(text, at, floor);
    if (groups.digits.size() < 6) return std::nullopt;
    const char before = byte_before(text, groups.begin);
    if (!begins_word(text, groups.begin) || before == '_' || before == '.' || before == '$' ||
        before == '#' || before == '/' || before == '-') {
        return std::nullopt;
    }
    if (is_digit(byte_before(text, groups.begin - (before == ' ' || before == ':')))) {
        if (!groups.plus && before != '\0') return std::nullopt;  // The rest of a longer number.
    }
    for (std::size_t count = groups.lengths.size(); count > 0; --count) {
        const std::size_t end = with_extension(text, groups.ends[count - 1]);
        if (may_end(text, end) && looks_dialled(groups, count, false))
            return Place{groups.begin, end};
    }
    if (!announced(text, groups.begin, words)) return std::nullopt;
    for (std::size_t count = groups.lengths.size(); count > 0; --count) {
        const std::size_t end = with_extension(text, groups.ends[count - 1]);
        if (may_end(text, end) && looks_dialled(groups, count, true))
            return Place{groups.begin, end};
    }
    return std::nullopt;
}

constexpr std::string_view anchors[] = {number};

}  // namespace

const Recognizer phone{
    .name = "phone",
    .label = "PHONE",
    .says =
        "Telephone numbers: with + or 00, as 3-3-4, with a bracketed or zero-led area code; "
        "any other grouping of 6 to 15 digits after a word such as phone, call, mobile.",
    .anchors = anchors,
    .find = find,
    .example = "Call +49 30 901820 before noon."};

}  // namespace plimsoll::interaction::privacy
