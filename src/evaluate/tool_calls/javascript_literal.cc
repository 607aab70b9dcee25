// The literals that a JavaScript caller writes; rules of BFCL v4, save that a comma inside quotes
// parts nothing and objects may stand in each other.
#include "base/json.h"
#include "evaluate/tool_calls/literal_text.h"
#include "evaluate/tool_calls/literals.h"

namespace plimsoll::evaluate {

namespace {

constexpr int depth_max = 32;

std::string_view without_ends(std::string_view text) {
    return text.substr(1, text.size() - 2);
}

std::string untyped(std::string_view text) {
    if (text == "true" || text == "false") return std::string(text);
    if (is_quoted(text, "\"'")) return json::quoted(without_ends(text));
    if (is_whole_number(text)) return number_json(text, false);
    if (is_real_number(text, true)) return number_json(text, true);
    return json::quoted(text);
}

std::string_view stripped_of_quotes(std::string_view text) {
    const std::size_t from = text.find_first_not_of("'\"");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of("'\"") + 1 - from);
}

std::string array(std::string_view text, std::string_view items, int depth);

/// {key: 1, 'other': [2]}. A quoted member is read as what is inside its quotes: "5" is 5.
std::string object(std::string_view text, int depth) {
    const std::string_view members = inside(text, '{', '}');
    if (!text.starts_with('{') || !members.data() || depth > depth_max) return json::quoted(text);
    json::Writer out;
    out.begin_object();
    for (const std::string_view member : parted(members)) {
        const std::size_t colon = member.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string_view value = trimmed(member.substr(colon + 1));
        out.key(stripped_of_quotes(trimmed(member.substr(0, colon))));
        if (value.starts_with('[')) {
            out.raw(array(value, "", depth + 1));
        } else if (value.starts_with('{')) {
            out.raw(object(value, depth + 1));
        } else {
            out.raw(untyped(stripped_of_quotes(value)));
        }
    }
    out.end_object();
    return out.take();
}

/// [1, 2], [[1], [2]], new Array(1, 2).
std::string array(std::string_view text, std::string_view items, int depth) {
    std::string_view elements;
    if (text.starts_with('[')) {
        elements = inside(text, '[', ']');
    } else if (text.starts_with("new Array(")) {
        elements = inside(text, '(', ')');
    }
    if (!elements.data() || depth > depth_max) return json::quoted(text);
    std::string json = "[";
    for (const std::string_view element : parted(elements)) {
        if (json.size() > 1) json += ',';
        if (element.starts_with('[')) {
            json += array(element, "", depth + 1);
        } else if (element.starts_with('{')) {
            json += object(element, depth + 1);
        } else {
            json += items.empty() ? untyped(element) : javascript_literal(element, items, "");
        }
    }
    return json + "]";
}

}  // namespace

std::string javascript_literal(std::string_view text, std::string_view type,
                               std::string_view items) {
    if (type == "String") {
        if (is_quoted(text, "\"'")) return json::quoted(without_ends(text));
    } else if (type == "integer") {
        if (is_whole_number(text)) return number_json(text, false);
    } else if (type == "float") {
        if (is_real_number(text, false)) return number_json(text, true);
    } else if (type == "Bigint") {
        if (text.ends_with('n') && is_whole_number(text.substr(0, text.size() - 1))) {
            return number_json(text.substr(0, text.size() - 1), false);
        }
    } else if (type == "Boolean") {
        if (text == "true" || text == "false") return std::string(text);
    } else if (type == "array") {
        return array(trimmed(text), items, 0);
    } else if (type == "dict") {
        return object(trimmed(text), 0);
    }
    return json::quoted(text);
}

}  // namespace plimsoll::evaluate
