#include "net/percent.h"

#include <algorithm>

namespace plimsoll::net {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_digit(text[i + 1]);
        const int low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
        decoded += static_cast<char>(high << 4 | low);
        i += 2;
    }
    return decoded;
}

std::optional<std::map<std::string, std::string>> query_decoded(std::string_view query) {
    std::map<std::string, std::string> decoded;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        if (pair.empty()) continue;
        std::string text(pair);
        std::replace(text.begin(), text.end(), '+', ' ');
        const std::size_t equals = std::min(text.find('='), text.size());
        const std::string_view whole = text;
        auto name = percent_decoded(whole.substr(0, equals));
        auto value = percent_decoded(whole.substr(std::min(equals + 1, whole.size())));
        if (!name || !value) return std::nullopt;
        decoded[std::move(*name)] = std::move(*value);
        if (decoded.size() > 1000) return std::nullopt;
    }
    return decoded;
}

}  // namespace plimsoll::net
