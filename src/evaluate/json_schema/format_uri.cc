#include "evaluate/json_schema/format_uri.h"

#include <algorithm>

#include "base/utf8.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate::schema {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_one_of(std::string_view set, char c) {
    return set.find(c) != set.npos;
}

bool is_escape(std::string_view text, std::size_t at) {
    return at + 2 < text.size() && is_hex(text[at + 1]) && is_hex(text[at + 2]);
}

bool is_private_use(std::uint32_t point) {
    return (point >= 0xE000 && point <= 0xF8FF) || point >= 0xF0000;
}

/// Unreserved characters, sub-delims, escapes and what is in `also`.
bool holds_only(std::string_view text, std::string_view also, bool beyond_ascii,
                bool private_use = false) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x80) {
            if (!beyond_ascii) return false;
            const std::uint32_t point = first_character(text.substr(i));
            if (point < 0xA0 || (is_private_use(point) && !private_use)) return false;
            i += std::max<std::size_t>(utf8_length(text.substr(i)), 1) - 1;
        } else if (c == '%') {
            if (!is_escape(text, i)) return false;
            i += 2;
        } else if (!is_letter(c) && !is_digit(c) && !is_one_of("-._~!$&'()*+,;=", c) &&
                   !is_one_of(also, c)) {
            return false;
        }
    }
    return true;
}

/// "v1.fe": an address of a later version.
bool is_future_ip(std::string_view text) {
    if (text.size() < 4 || (text[0] != 'v' && text[0] != 'V')) return false;
    const std::size_t dot = text.find('.');
    return dot != text.npos && dot > 1 && dot + 1 < text.size() &&
           std::all_of(text.begin() + 1, text.begin() + std::ptrdiff_t(dot), is_hex) &&
           text.find('%') == text.npos && holds_only(text.substr(dot + 1), ":", false);
}

bool is_authority(std::string_view text, bool beyond_ascii) {
    if (const std::size_t at = text.find('@'); at != text.npos) {
        if (!holds_only(text.substr(0, at), ":", beyond_ascii)) return false;
        text.remove_prefix(at + 1);
    }
    std::size_t host_end = 0;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == text.npos) return false;
        const std::string_view address = text.substr(1, close - 1);
        if (!is_ipv6(address) && !is_future_ip(address)) return false;
        host_end = close + 1;
    } else {
        host_end = std::min(text.find(':'), text.size());
        if (!holds_only(text.substr(0, host_end), "", beyond_ascii)) return false;
    }
    if (host_end == text.size()) return true;
    const std::string_view port = text.substr(host_end + 1);
    return text[host_end] == ':' && std::all_of(port.begin(), port.end(), is_digit);
}

/// The length of "http" before its colon; 0 if there is no scheme.
std::size_t scheme_length(std::string_view text) {
    const std::size_t colon = text.find_first_of(":/?#");
    if (colon == text.npos || text[colon] != ':' || !is_letter(text[0])) return 0;
    const std::string_view scheme = text.substr(0, colon);
    const bool good = std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return is_letter(c) || is_digit(c) || is_one_of("+-.", c);
    });
    return good ? colon : 0;
}

/// "var", "var*", "var:30"
bool is_template_variable(std::string_view text) {
    if (text.ends_with('*')) {
        text.remove_suffix(1);
    } else if (const std::size_t colon = text.find(':'); colon != text.npos) {
        const std::string_view length = text.substr(colon + 1);
        if (length.empty() || length.size() > 4 || length[0] == '0' ||
            !std::all_of(length.begin(), length.end(), is_digit)) {
            return false;
        }
        text = text.substr(0, colon);
    }
    if (text.empty() || text.front() == '.' || text.back() == '.') return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (!is_escape(text, i)) return false;
            i += 2;
        } else if (text[i] == '.') {
            if (text[i - 1] == '.') return false;
        } else if (!is_letter(text[i]) && !is_digit(text[i]) && text[i] != '_') {
            return false;
        }
    }
    return true;
}

bool is_template_expression(std::string_view text) {
    if (!text.empty() && is_one_of("+#./;?&", text[0])) text.remove_prefix(1);
    while (true) {
        const std::size_t comma = text.find(',');
        if (!is_template_variable(text.substr(0, comma))) return false;
        if (comma == text.npos) return true;
        text.remove_prefix(comma + 1);
    }
}

}  // namespace

bool is_ipv4(std::string_view text) {
    for (int part = 0; part < 4; ++part) {
        std::size_t digits = 0;
        int value = 0;
        while (digits < text.size() && digits < 4 && is_digit(text[digits])) {
            value = 10 * value + (text[digits++] - '0');
        }
        if (digits == 0 || digits > 3 || value > 255 || (digits > 1 && text[0] == '0'))
            return false;
        text.remove_prefix(digits);
        if (part == 3) return text.empty();
        if (!text.starts_with('.')) return false;
        text.remove_prefix(1);
    }
    return false;
}

bool is_ipv6(std::string_view text) {
    int groups = 0;
    bool shortened = false;
    if (text.starts_with("::")) {
        shortened = true;
        text.remove_prefix(2);
        if (text.empty()) return true;
    }
    while (true) {
        const std::size_t colon = text.find(':');
        const std::string_view group = text.substr(0, colon);
        if (colon == text.npos && group.find('.') != group.npos) {
            if (!is_ipv4(group)) return false;
            groups += 2;
            break;
        }
        if (group.empty() || group.size() > 4 || !std::all_of(group.begin(), group.end(), is_hex)) {
            return false;
        }
        ++groups;
        if (colon == text.npos) break;
        text.remove_prefix(colon + 1);
        if (text.starts_with(':')) {
            if (shortened) return false;
            shortened = true;
            text.remove_prefix(1);
            if (text.empty()) break;
        } else if (text.empty()) {
            return false;  // A colon at the end.
        }
    }
    return shortened ? groups <= 7 : groups == 8;
}

bool is_uri(std::string_view text, UriRules rules) {
    const bool wide = rules.beyond_ascii;
    const std::size_t scheme = scheme_length(text);
    if (scheme > 0) {
        text.remove_prefix(scheme + 1);
    } else if (!rules.relative) {
        return false;
    } else if (const std::size_t colon = text.find(':');
               colon != text.npos && text.find_first_of("/?#") > colon) {
        return false;  // Its first segment would read as a scheme.
    }
    if (const std::size_t mark = text.find('#'); mark != text.npos) {
        if (!holds_only(text.substr(mark + 1), ":@/?", wide)) return false;
        text = text.substr(0, mark);
    }
    if (const std::size_t mark = text.find('?'); mark != text.npos) {
        if (!holds_only(text.substr(mark + 1), ":@/?", wide, true)) return false;
        text = text.substr(0, mark);
    }
    if (text.starts_with("//")) {
        const std::size_t end = std::min(text.find('/', 2), text.size());
        if (!is_authority(text.substr(2, end - 2), wide)) return false;
        text.remove_prefix(end);
    }
    return holds_only(text, ":@/", wide);
}

bool is_uri_template(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == '{') {
            const std::size_t close = text.find('}', i);
            if (close == text.npos || !is_template_expression(text.substr(i + 1, close - i - 1))) {
                return false;
            }
            i = close;
        } else if (byte == '%') {
            if (!is_escape(text, i)) return false;
            i += 2;
        } else if (byte <= 0x20 || byte == 0x7F || is_one_of("\"<>\\^`|}", text[i])) {
            return false;
        }
    }
    return true;
}

}  // namespace plimsoll::evaluate::schema
