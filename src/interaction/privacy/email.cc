#include <algorithm>

#include "interaction/privacy/characters.h"
#include "interaction/privacy/recognizers.h"

namespace plimsoll::interaction::privacy {

namespace {

/// RFC 5321: 64 bytes before the '@', 255 after it.
constexpr std::size_t local_bytes_max = 64, domain_bytes_max = 255;

/// Of Latin letters with accents, which take two bytes: U+00C0 to U+024F, and the second bytes.
bool is_latin_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x80 && byte < 0xC0) || (byte >= 0xC3 && byte <= 0xC9);
}
/// RFC 5322 allows more before the '@'; what also parts words (= / ' & { |) is left out.
bool is_local(char c) {
    return is_token(c) || c == '.' || c == '+' || c == '%' || is_latin_byte(c);
}
bool is_label(char c) {
    return is_alnum(c) || c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

/// "logo@2x.png" is a picture.
bool is_file_ending(std::string_view label) {
    static constexpr std::string_view endings[] = {"png", "jpg",  "jpeg", "gif",
                                                   "svg", "webp", "js",   "css"};
    return std::find(std::begin(endings), std::end(endings), label) != std::end(endings);
}

std::optional<Place> find(std::string_view text, std::size_t at, std::size_t floor) {
    std::size_t begin = at;
    const std::size_t first = std::max(floor, at > local_bytes_max ? at - local_bytes_max : 0);
    while (begin > first && is_local(text[begin - 1])) --begin;
    // The second byte of a letter whose first byte is none of ours, as of a quotation mark.
    while (begin < at && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) ++begin;
    if (begin < at && byte_before(text, begin) == '\\') {  // "\njohn@…" in JSON.
        begin += text[begin] == 'u' && at - begin > 5 ? 5 : 1;
    }
    while (begin < at && (text[begin] == '.' || text[begin] == '-' || text[begin] == '%')) ++begin;
    if (begin == at || text.substr(begin, at - begin) == "git") return std::nullopt;

    const std::size_t last = std::min(text.size(), at + 1 + domain_bytes_max);
    std::size_t end = at + 1, label = end, dots = 0;
    for (std::size_t i = end; i < last; ++i) {
        if (text[i] == '.' && i > label && is_label(byte_at(text, i + 1))) {
            label = i + 1;
            ++dots;
        } else if (!is_label(text[i])) {
            break;
        }
        end = i + 1;
    }
    while (end > label && (text[end - 1] == '-' || text[end - 1] == '.')) --end;
    const std::string_view top = text.substr(label, end - label);
    const bool punycode = top.starts_with("xn--");
    if (dots == 0 || top.size() < 2 || is_file_ending(top) ||
        (!punycode &&
         std::any_of(top.begin(), top.end(), [](char c) { return is_digit(c) || c == '-'; }))) {
        return std::nullopt;
    }
    return Place{begin, end};
}

constexpr std::string_view anchors[] = {"@"};

}  // namespace

const Recognizer email{.name = "email",
                       .label = "EMAIL",
                       .says = "E-mail addresses whose domain has a top level of letters.",
                       .anchors = anchors,
                       .find = find,
                       .example = "Write to ana.silva+orders@mail.example.com."};

}  // namespace plimsoll::interaction::privacy
