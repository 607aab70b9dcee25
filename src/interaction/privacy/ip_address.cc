#include <algorithm>

#include "interaction/privacy/characters.h"
#include "interaction/privacy/recognizers.h"

namespace plimsoll::interaction::privacy {

namespace {

/// Where four numbers up to 255 that begin at `at` end; 0 if they are none.
std::size_t end_of_v4(std::string_view text, std::size_t at) {
    std::size_t i = at;
    for (int part = 0; part < 4; ++part) {
        if (part > 0 && byte_at(text, i++) != '.') return 0;
        const std::size_t begin = i;
        int value = 0;
        while (is_digit(byte_at(text, i)) && i - begin < 4) value = value * 10 + (text[i++] - '0');
        if (i == begin || value > 255 || (i - begin > 1 && text[begin] == '0')) return 0;
    }
    return i;
}

constexpr std::string_view version_words[] = {"version", "ver.", "release"};

std::optional<Place> v4(std::string_view text, std::size_t at) {
    const char before = byte_before(text, at);
    if (!begins_word(text, at) || before == '.' || before == '_' || before == '-')
        return std::nullopt;
    const std::size_t end = end_of_v4(text, at);
    if (end == 0 || is_alnum(byte_at(text, end)) || byte_at(text, end) == '_') return std::nullopt;
    if (byte_at(text, end) == '.' && is_digit(byte_at(text, end + 1))) return std::nullopt;
    const std::string_view address = text.substr(at, end - at);
    if (address.starts_with("127.") || address == "0.0.0.0") return std::nullopt;
    if (announced(text, at, version_words, 12)) return std::nullopt;
    return Place{at, end};
}

/// RFC 4291, section 2.2: eight groups of hex digits, "::" for zeros, the last two as IPv4.
bool is_v6(std::string_view text) {
    int groups = 0, digits_seen = 0;
    bool gap = false;
    std::size_t i = 0;
    if (text.starts_with("::")) {
        gap = true;
        i = 2;
    }
    while (i < text.size()) {
        const std::size_t begin = i;
        while (is_hex(byte_at(text, i))) digits_seen += is_digit(text[i++]);
        if (byte_at(text, i) == '.') {
            if (end_of_v4(text, begin) != text.size()) return false;
            groups += 2;
            break;
        }
        if (i == begin || i - begin > 4) return false;
        ++groups;
        if (i == text.size()) break;
        if (text[i++] != ':' || i == text.size()) return false;
        if (text[i] == ':') {
            if (gap) return false;
            gap = true;
            ++i;
        }
    }
    // "ab::cd" is more often a name in a program; ::1 and :: are everybody's.
    if (gap) return groups <= 7 && digits_seen > 0 && text != "::1";
    return groups == 8;
}

std::optional<Place> v6(std::string_view text, std::size_t at, std::size_t floor) {
    constexpr std::size_t longest = 45;
    const auto belongs = [](char c) { return is_hex(c) || c == ':'; };
    std::size_t begin = at, end = at;
    while (begin > floor && belongs(text[begin - 1]) && at - begin < longest) --begin;
    while (end < text.size() && (belongs(text[end]) || text[end] == '.') && end - at < longest)
        ++end;
    // "address:2001:db8::1", "at 2001:db8::1:"
    while (end > at &&
           (text[end - 1] == '.' || (text[end - 1] == ':' && byte_before(text, end - 1) != ':')))
        --end;
    if (!begins_word(text, begin)) return std::nullopt;
    if (is_alnum(byte_at(text, end))) return std::nullopt;
    if (!is_v6(text.substr(begin, end - begin))) return std::nullopt;
    return Place{begin, end};
}

std::optional<Place> find(std::string_view text, std::size_t at, std::size_t floor) {
    return text[at] == ':' ? v6(text, at, floor) : v4(text, at);
}

constexpr std::string_view anchors[] = {number, ":"};

}  // namespace

const Recognizer ip_address{
    .name = "ip_address",
    .label = "IP",
    .says = "IPv4 and IPv6 addresses; loopback and unspecified ones name nobody and stay.",
    .anchors = anchors,
    .find = find,
    .example = "Seen from 203.0.113.77 today."};

}  // namespace plimsoll::interaction::privacy
