#include "interaction/privacy/characters.h"
#include "interaction/privacy/recognizers.h"

namespace plimsoll::interaction::privacy {

namespace {

/// "eyJ" is base64 of '{"'. A header and a payload are enough: a signature may have been cut off.
std::optional<Place> find(std::string_view text, std::size_t at, std::size_t) {
    if (!begins_word(text, at)) return std::nullopt;
    std::size_t end = at, parts = 0;
    while (parts < 3) {
        const std::size_t begin = end;
        while (is_token(byte_at(text, end)) || byte_at(text, end) == '=') ++end;
        if (end - begin < (parts == 2 ? 1u : 10u)) break;
        ++parts;
        if (parts == 3 || byte_at(text, end) != '.') break;
        if (parts == 1 && !text.substr(end + 1).starts_with("ey")) break;
        ++end;
    }
    if (parts < 2) return std::nullopt;
    if (text[end - 1] == '.') --end;
    return Place{at, end};
}

constexpr std::string_view anchors[] = {"eyJ"};

}  // namespace

const Recognizer json_token{
    .name = "json_token",
    .label = "SECRET",
    .says = "JSON web tokens: header, payload, and signature if there is one.",
    .anchors = anchors,
    .find = find,
    .example = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9"};

}  // namespace plimsoll::interaction::privacy
