// The literals that a Java caller writes; rules of BFCL v4, save that a comma inside quotes parts
// nothing.
#include "base/json.h"
#include "evaluate/tool_calls/literal_text.h"
#include "evaluate/tool_calls/literals.h"

namespace plimsoll::evaluate {

namespace {

bool ends_in(std::string_view text, std::string_view letters) {
    return !text.empty() && letters.find(text.back()) != std::string_view::npos;
}

std::string_view without_last(std::string_view text) {
    return text.substr(0, text.size() - 1);
}

/// An element whose type was not declared, read as what it looks like.
std::string untyped(std::string_view text) {
    if (text == "true" || text == "false") return std::string(text);
    if (is_quoted(text, "\"")) return json::quoted(text.substr(1, text.size() - 2));
    if (ends_in(text, "lL") && is_whole_number(without_last(text))) {
        return number_json(without_last(text), false);
    }
    if (ends_in(text, "fF") && is_real_number(without_last(text), true)) {
        return number_json(without_last(text), true);
    }
    if (is_whole_number(text)) return number_json(text, false);
    if (is_real_number(text, true)) return number_json(text, true);
    return json::quoted(text);
}

template <class Read>
std::string list(const std::vector<std::string_view>& elements, Read read) {
    std::string json = "[";
    for (const std::string_view element : elements) {
        if (json.size() > 1) json += ',';
        json += read(element);
    }
    return json + "]";
}

/// new int[]{1, 2}: strings keep their quotes.
std::string array(std::string_view text, std::string_view items) {
    const std::string_view elements = inside(text, '{', '}');
    if (!text.starts_with("new ") || text.find("[]") == std::string_view::npos ||
        !elements.data()) {
        return json::quoted(text);
    }
    return list(parted(elements), [&](std::string_view element) {
        return items.empty() ? untyped(element) : java_literal(element, items, "");
    });
}

/// The arguments of each call of `method` in the block {{ … }}.
std::vector<std::string_view> arguments_of(std::string_view block, std::string_view method) {
    std::vector<std::string_view> found;
    for (std::size_t at = block.find(method); at != std::string_view::npos;
         at = block.find(method, at)) {
        const std::string_view arguments = inside(block.substr(at), '(', ')');
        if (!arguments.data()) break;
        found.push_back(trimmed(arguments));
        at = static_cast<std::size_t>(arguments.data() - block.data()) + arguments.size();
    }
    return found;
}

/// new ArrayList<>(Arrays.asList(1, 2)), new ArrayList<>() {{ add(1); }}, new ArrayList<>().
std::string array_list(std::string_view text, std::string_view items) {
    if (!text.starts_with("new ") || text.find("ArrayList<") == std::string_view::npos) {
        return json::quoted(text);
    }
    std::vector<std::string_view> elements;
    if (const std::size_t as_list = text.find("Arrays.asList"); as_list != std::string_view::npos) {
        elements = parted(inside(text.substr(as_list), '(', ')'));
    } else if (const std::string_view block = inside(text, '{', '}'); block.data()) {
        elements = arguments_of(block, "add(");
    }
    return list(elements, [&](std::string_view element) {
        if ((items == "String" || items == "char") && element.size() >= 2) {
            return json::quoted(element.substr(1, element.size() - 2));
        }
        return items.empty() ? untyped(element) : java_literal(element, items, "");
    });
}

/// new HashMap<>() {{ put("key", 1); }}
std::string hash_map(std::string_view text) {
    if (!text.starts_with("new ") || text.find("HashMap<") == std::string_view::npos) {
        return json::quoted(text);
    }
    json::Writer out;
    out.begin_object();
    const std::string_view block = inside(text, '{', '}');
    for (const std::string_view put : arguments_of(block, "put(")) {
        const auto pair = parted(put);
        if (pair.size() != 2 || !is_quoted(pair[0], "\"")) continue;
        out.key(pair[0].substr(1, pair[0].size() - 2)).raw(untyped(pair[1]));
    }
    out.end_object();
    return out.take();
}

}  // namespace

std::string java_literal(std::string_view text, std::string_view type, std::string_view items) {
    if (type == "byte" || type == "short" || type == "integer") {
        if (is_whole_number(text)) return number_json(text, false);
    } else if (type == "long") {
        if (ends_in(text, "lL") && is_whole_number(without_last(text))) {
            return number_json(without_last(text), false);
        }
    } else if (type == "float") {
        if (ends_in(text, "fF") && is_real_number(without_last(text), true)) {
            return number_json(without_last(text), true);
        }
    } else if (type == "double") {
        if (is_real_number(text, true)) return number_json(text, true);
    } else if (type == "boolean") {
        if (text == "true" || text == "false") return std::string(text);
    } else if (type == "Array") {
        return array(text, items);
    } else if (type == "ArrayList") {
        return array_list(text, items);
    } else if (type == "HashMap") {
        return hash_map(text);
    }
    return json::quoted(text);
}

}  // namespace plimsoll::evaluate
