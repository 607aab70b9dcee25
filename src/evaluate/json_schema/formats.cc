#include "evaluate/json_schema/formats.h"

#include "evaluate/json_schema/ecma_pattern.h"
#include "evaluate/json_schema/format_time.h"
#include "evaluate/json_schema/format_uri.h"

namespace plimsoll::evaluate::schema {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter_or_digit(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Labels of letters, digits and inner hyphens, 63 bytes each, 253 in all. `beyond_ascii`: other
/// characters may stand for their Punycode.
bool is_host(std::string_view text, bool beyond_ascii) {
    if (text.empty() || text.size() > 253) return false;
    while (true) {
        const std::size_t end = text.find('.');
        const std::string_view label = text.substr(0, end);
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') {
            return false;
        }
        for (const char c : label) {
            const bool other = static_cast<unsigned char>(c) >= 0x80;
            if (!is_letter_or_digit(c) && c != '-' && !(other && beyond_ascii)) return false;
        }
        // Hyphens in the third and fourth place are kept for Punycode.
        if (label.size() > 3 && label.substr(2, 2) == "--" &&
            !(label[0] == 'x' || label[0] == 'X')) {
            return false;
        }
        if (end == text.npos) return true;
        text.remove_prefix(end + 1);
    }
}

bool is_atom_character(char c, bool beyond_ascii) {
    return is_letter_or_digit(c) ||
           std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos ||
           (beyond_ascii && static_cast<unsigned char>(c) >= 0x80);
}

bool is_quoted_local(std::string_view local, bool beyond_ascii) {
    if (local.size() < 2 || local.front() != '"' || local.back() != '"') return false;
    local = local.substr(1, local.size() - 2);
    for (std::size_t i = 0; i < local.size(); ++i) {
        const auto byte = static_cast<unsigned char>(local[i]);
        if (byte == '\\') {
            if (++i == local.size()) return false;
        } else if (byte == '"' || byte < 0x20 || byte == 0x7F || (byte >= 0x80 && !beyond_ascii)) {
            return false;
        }
    }
    return true;
}

bool is_mailbox(std::string_view text, bool beyond_ascii) {
    const std::size_t at = text.rfind('@');
    if (at == text.npos || at == 0) return false;
    const std::string_view local = text.substr(0, at), domain = text.substr(at + 1);
    if (local.size() > 64) return false;
    if (!is_quoted_local(local, beyond_ascii)) {
        if (local.front() == '.' || local.back() == '.') return false;
        char before = 0;
        for (const char c : local) {
            if (c == '.' ? before == '.' : !is_atom_character(c, beyond_ascii)) return false;
            before = c;
        }
    }
    if (domain.starts_with("[") && domain.ends_with("]")) {
        const std::string_view address = domain.substr(1, domain.size() - 2);
        return address.starts_with("IPv6:") ? is_ipv6(address.substr(5)) : is_ipv4(address);
    }
    return is_host(domain, beyond_ascii);
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? text[i] != '-' : !is_hex(text[i])) return false;
    }
    return true;
}

bool is_json_pointer(std::string_view text) {
    if (!text.empty() && text.front() != '/') return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '~') continue;
        if (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1')) return false;
    }
    return true;
}

bool is_relative_json_pointer(std::string_view text) {
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    if (digits == 0 || (digits > 1 && text[0] == '0')) return false;
    const std::string_view rest = text.substr(digits);
    return rest == "#" || is_json_pointer(rest);
}

/// What linear time cannot give is an expression all the same, and one of more than 4,096 bytes is
/// not looked at.
bool is_regex(std::string_view text) {
    if (text.size() > 4096) return true;
    const auto syntax = in_re2_syntax(text);
    if (!syntax) return syntax.error().what.find("linear time") != std::string::npos;
    return EcmaPattern::compile(text).ok();
}

struct Named {
    std::string_view name;
    Format format;
};
constexpr Named formats[] = {
    {"date", is_date},
    {"date-time", is_date_time},
    {"duration", is_duration},
    {"email", [](std::string_view text) { return is_mailbox(text, false); }},
    {"hostname", [](std::string_view text) { return is_host(text, false); }},
    {"idn-email", [](std::string_view text) { return is_mailbox(text, true); }},
    {"idn-hostname", [](std::string_view text) { return is_host(text, true); }},
    {"ipv4", is_ipv4},
    {"ipv6", is_ipv6},
    {"iri", [](std::string_view text) { return is_uri(text, {.beyond_ascii = true}); }},
    {"iri-reference",
     [](std::string_view text) { return is_uri(text, {.relative = true, .beyond_ascii = true}); }},
    {"json-pointer", is_json_pointer},
    {"regex", is_regex},
    {"relative-json-pointer", is_relative_json_pointer},
    {"time", is_time},
    {"uri", [](std::string_view text) { return is_uri(text, {}); }},
    {"uri-reference", [](std::string_view text) { return is_uri(text, {.relative = true}); }},
    {"uri-template", is_uri_template},
    {"uuid", is_uuid},
};

}  // namespace

Format format_named(std::string_view name) {
    for (const Named& one : formats) {
        if (one.name == name) return one.format;
    }
    return nullptr;
}

}  // namespace plimsoll::evaluate::schema
