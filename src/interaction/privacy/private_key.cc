#include <algorithm>

#include "interaction/privacy/characters.h"
#include "interaction/privacy/recognizers.h"

namespace plimsoll::interaction::privacy {

namespace {

/// Up to the end line; without one, as far as key material reaches. A key of 16,384 bits has 13 KB.
std::optional<Place> find(std::string_view text, std::size_t at, std::size_t floor) {
    constexpr std::string_view dashes = "-----";
    constexpr std::size_t key_bytes_max = 32 * 1024;
    if (at < floor + dashes.size() || text.substr(at - dashes.size(), dashes.size()) != dashes)
        return std::nullopt;
    const std::string_view title = text.substr(at, 64);
    const std::size_t title_end = title.find(dashes);
    if (!title.starts_with("BEGIN ") || title_end == title.npos ||
        title.substr(0, title_end).find("PRIVATE KEY") == title.npos) {
        return std::nullopt;
    }
    const std::size_t body = at + title_end + dashes.size();
    const std::string_view rest = text.substr(body, key_bytes_max);
    const std::size_t end_line = rest.find("-----END ");
    if (end_line != rest.npos) {
        const std::size_t close = rest.find(dashes, end_line + dashes.size());
        const std::size_t end = close == rest.npos ? rest.size() : close + dashes.size();
        return Place{at - dashes.size(), body + end};
    }
    const auto is_material = [](char c) {
        return is_alnum(c) || std::string_view("+/=\\\r\n :,-").find(c) != std::string_view::npos;
    };
    const auto stop = std::find_if_not(rest.begin(), rest.end(), is_material);
    return Place{at - dashes.size(), body + static_cast<std::size_t>(stop - rest.begin())};
}

constexpr std::string_view anchors[] = {"BEG"};

}  // namespace

const Recognizer private_key{
    .name = "private_key",
    .label = "SECRET",
    .says = "Private keys in PEM: RSA, EC, OpenSSH, PGP, encrypted or not, cut or whole.",
    .anchors = anchors,
    .find = find,
    .example = "-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAK\n-----END RSA PRIVATE KEY-----"};

}  // namespace plimsoll::interaction::privacy
