#include "evaluate/tool_calls/literal_text.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::string_view blanks = " \t\r\n";

std::size_t skip_digits(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at;
}

/// Follows quotes and brackets through source text, a byte at a time.
struct Nesting {
    int depth = 0;
    char quote = 0;

    void see(char c) {
        if (quote) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(' || c == '[' || c == '{') {
            ++depth;
        } else if (c == ')' || c == ']' || c == '}') {
            --depth;
        }
    }
    bool outside() const { return depth == 0 && !quote; }
};

}  // namespace

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(blanks);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(blanks) + 1 - from);
}

bool is_whole_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && skip_digits(text, 0) == text.size();
}

bool is_real_number(std::string_view text, bool with_exponent) {
    if (text.starts_with('-')) text.remove_prefix(1);
    std::size_t at = skip_digits(text, 0);
    if (at == 0) return false;
    const auto digits = [&] {
        const std::size_t from = at;
        at = skip_digits(text, at);
        return at > from;
    };
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (!digits()) return false;
    }
    if (with_exponent && at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        if (!digits()) return false;
    }
    return at == text.size();
}

std::string number_json(std::string_view text, bool real) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    std::string json(negative ? 1 : 0, '-');
    while (text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9') {
        text.remove_prefix(1);
    }
    json += text;
    if (real && text.find_first_of(".eE") == std::string_view::npos) json += ".0";
    return json;
}

bool is_quoted(std::string_view text, std::string_view marks) {
    return text.size() >= 2 && text.front() == text.back() &&
           marks.find(text.front()) != std::string_view::npos;
}

std::vector<std::string_view> parted(std::string_view text) {
    std::vector<std::string_view> parts;
    if (trimmed(text).empty()) return parts;
    Nesting nesting;
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == ',' && nesting.outside()) {
            parts.push_back(trimmed(text.substr(from, at - from)));
            from = at + 1;
        }
        nesting.see(text[at]);
    }
    parts.push_back(trimmed(text.substr(from)));
    return parts;
}

std::string_view inside(std::string_view text, char open, char close) {
    const std::size_t from = text.find(open);
    if (from == std::string_view::npos) return {};
    Nesting nesting;
    for (std::size_t at = from; at < text.size(); ++at) {
        nesting.see(text[at]);
        if (nesting.outside() && text[at] == close) return text.substr(from + 1, at - from - 1);
    }
    return {};
}

}  // namespace plimsoll::evaluate
