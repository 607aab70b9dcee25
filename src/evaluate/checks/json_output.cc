#include "evaluate/checks/json_output.h"

#include <fmt/format.h>

#include "evaluate/quote.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::string_view white = " \t\r\n";

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(white);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

/// What a Markdown code fence holds, if the text is one fence; else nullopt.
std::optional<std::string_view> inside_fence(std::string_view text) {
    if (text.size() < 6 || !text.starts_with("```") || !text.ends_with("```")) return std::nullopt;
    const std::size_t line_end = text.find('\n');
    if (line_end == text.npos || line_end > text.size() - 3) return std::nullopt;
    return trimmed(text.substr(line_end, text.size() - 3 - line_end));
}

struct Scan {
    std::size_t open = 0;       ///< Brackets and braces not closed at the end.
    bool in_string = false;     ///< The end is inside a string.
    std::size_t value_end = 0;  ///< Behind the bracket that closes the first one; 0 if none does.
};

/// Follows brackets and strings from a bracket at the front until it is closed, or to the end.
Scan scan(std::string_view text) {
    Scan result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (result.in_string) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                result.in_string = false;
            }
        } else if (c == '"') {
            result.in_string = true;
        } else if (c == '{' || c == '[') {
            ++result.open;
        } else if ((c == '}' || c == ']') && result.open > 0 && --result.open == 0) {
            result.value_end = i + 1;
            return result;
        }
    }
    return result;
}

/// The first object or array that stands in a text, and where.
struct Embedded {
    json::Document document;
    std::size_t begin, end;
};

/// Brackets that open no JSON are passed over, a few of them: "[1] says: {…}".
std::optional<Embedded> first_json(std::string_view text) {
    std::size_t tries = 16;
    for (std::size_t begin = text.find_first_of("{["); begin != text.npos && tries-- > 0;
         begin = text.find_first_of("{[", begin + 1)) {
        const std::size_t length = scan(text.substr(begin)).value_end;
        if (length == 0) continue;
        auto parsed = json::Document::parse(text.substr(begin, length));
        if (parsed) return Embedded{std::move(*parsed), begin, begin + length};
    }
    return std::nullopt;
}

/// Tells what stands around JSON from JSON that is broken.
std::string why_not(std::string_view text, const Error& error,
                    const std::optional<Embedded>& found) {
    if (!found) {
        return text.find_first_of("{[") == text.npos
                   ? fmt::format("Not JSON but {}", quote(text))
                   : fmt::format("Not JSON: {}: {}", error.what, quote(text));
    }
    const std::string_view before = trimmed(text.substr(0, found->begin));
    const std::string_view behind = trimmed(text.substr(found->end));
    const std::size_t fence = before.rfind("```");
    if (fence != before.npos && before.find('\n', fence) == before.npos &&
        behind.starts_with("```")) {
        return fmt::format("The JSON stands inside a code fence, with prose around it: {}",
                           quote(text));
    }
    if (!before.empty()) return fmt::format("Prose stands before the JSON: {}", quote(before));
    return fmt::format("Something stands after the JSON: {}", quote(behind));
}

}  // namespace

std::variant<json::Document, NotJson> parse_output(std::string_view output, Around allowed) {
    std::string_view text = trimmed(output);
    if (text.empty()) return NotJson{"The output is empty."};
    if (const auto inside = inside_fence(text)) {
        if (!allowed.code_fence && !allowed.prose) {
            return NotJson{"The JSON stands inside a code fence."};
        }
        text = *inside;
    }
    auto parsed = json::Document::parse(text);
    if (parsed) return std::move(*parsed);
    auto found = first_json(text);
    if (found && allowed.prose) return std::move(found->document);
    return NotJson{why_not(text, parsed.error(), found)};
}

bool ends_inside_json(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(white);
    if (begin == text.npos || (text[begin] != '{' && text[begin] != '[')) return false;
    const Scan result = scan(text.substr(begin));
    return result.open > 0 || result.in_string;
}

}  // namespace plimsoll::evaluate
