#include "interaction/privacy/characters.h"
#include "interaction/privacy/recognizers.h"

namespace plimsoll::interaction::privacy {

namespace {

/// "//name:password@": back from the '@', over what RFC 3986 allows there.
std::optional<Place> find(std::string_view text, std::size_t at, std::size_t floor) {
    std::size_t begin = at;
    bool colon = false;
    while (begin > floor && at - begin < 256) {
        const char c = text[begin - 1];
        if (!is_token(c) && std::string_view(".~%!$&'()*+,;=:").find(c) == std::string_view::npos)
            break;
        colon = colon || c == ':';
        --begin;
    }
    const bool url = begin >= 2 && text[begin - 1] == '/' && text[begin - 2] == '/';
    if (!url || !colon || begin == at || !is_alnum(byte_at(text, at + 1))) return std::nullopt;
    return Place{begin, at};
}

constexpr std::string_view anchors[] = {"@"};

}  // namespace

const Recognizer url_password{.name = "url_password",
                              .label = "SECRET",
                              .says = "The name and password of an URL.",
                              .anchors = anchors,
                              .find = find,
                              .example = "postgres://app:s3cret@db.internal/orders"};

}  // namespace plimsoll::interaction::privacy
