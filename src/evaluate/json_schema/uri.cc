#include "evaluate/json_schema/uri.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <optional>

namespace plimsoll::evaluate::schema {

namespace {

/// scheme:[//authority]path[?query][#fragment]
struct Parts {
    std::optional<std::string_view> scheme;
    std::optional<std::string_view> authority;
    std::string_view path;
    std::optional<std::string_view> query;
    std::optional<std::string_view> fragment;
};

bool is_scheme(std::string_view text) {
    if (text.empty() || !std::isalpha(static_cast<unsigned char>(text[0]))) return false;
    for (const char c : text) {
        const bool fits =
            std::isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '-' || c == '.';
        if (!fits) return false;
    }
    return true;
}

/// Cuts `text` at the first `mark`: the part behind it, or nullopt if there is none.
std::optional<std::string_view> cut(std::string_view& text, char mark) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view behind = text.substr(at + 1);
    text = text.substr(0, at);
    return behind;
}

Parts parts_of(std::string_view uri) {
    Parts parts;
    parts.fragment = cut(uri, '#');
    parts.query = cut(uri, '?');
    if (const std::size_t colon = uri.find(':'); colon != std::string_view::npos) {
        if (is_scheme(uri.substr(0, colon))) {
            parts.scheme = uri.substr(0, colon);
            uri.remove_prefix(colon + 1);
        }
    }
    if (uri.starts_with("//")) {
        uri.remove_prefix(2);
        const std::size_t slash = std::min(uri.find('/'), uri.size());
        parts.authority = uri.substr(0, slash);
        uri.remove_prefix(slash);
    }
    parts.path = uri;
    return parts;
}

/// "/a/b/../c/." becomes "/a/c/".
std::string without_dots(std::string_view path) {
    std::string out;
    const bool is_rooted = path.starts_with('/');
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/', 1), path.size());
        const std::string_view segment = path.substr(0, end);
        const std::string_view name = segment.starts_with('/') ? segment.substr(1) : segment;
        const bool is_last = end == path.size();
        path.remove_prefix(end);
        if (name == "." || name == "..") {
            if (name == "..") out.resize(out.rfind('/') == std::string::npos ? 0 : out.rfind('/'));
            if (is_last && is_rooted) out += '/';
            continue;
        }
        out += segment;
    }
    return out;
}

std::string merged(const Parts& base, std::string_view path) {
    if (base.authority && base.path.empty()) return '/' + std::string(path);
    const std::size_t slash = base.path.rfind('/');
    if (slash == std::string_view::npos) return std::string(path);
    return std::string(base.path.substr(0, slash + 1)) + std::string(path);
}

}  // namespace

std::string resolve(std::string_view base_uri, std::string_view reference) {
    const Parts base = parts_of(base_uri);
    const Parts given = parts_of(reference);
    Parts result = given;
    std::string path(given.path);
    if (given.scheme) {
        if (given.authority || path.starts_with('/')) path = without_dots(path);
    } else {
        result.scheme = base.scheme;
        if (given.authority) {
            path = without_dots(path);
        } else {
            result.authority = base.authority;
            if (path.empty()) {
                path = base.path;
                if (!given.query) result.query = base.query;
            } else if (path.starts_with('/')) {
                path = without_dots(path);
            } else {
                path = without_dots(merged(base, path));
            }
        }
    }
    std::string uri;
    if (result.scheme) uri.append(*result.scheme) += ':';
    if (result.authority) uri.append("//").append(*result.authority);
    uri += path;
    if (result.query) (uri += '?').append(*result.query);
    if (result.fragment) (uri += '#').append(*result.fragment);
    return uri;
}

SplitUri split_fragment(std::string_view uri) {
    const auto fragment = cut(uri, '#');
    return {uri, fragment.value_or("")};
}

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::uint8_t byte = 0;
        if (text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(&text[i + 1], &text[i + 1] + 2, byte, 16).ptr == &text[i + 1] + 2) {
            out += static_cast<char>(byte);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace plimsoll::evaluate::schema
