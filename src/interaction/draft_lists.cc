/// Fields of a Draft that stand several to an attribute. Beside draft.cc.
#include <algorithm>

#include "base/json.h"
#include "interaction/draft.h"
#include "interaction/vocabulary.h"

namespace plimsoll::interaction {

void Draft::read_parameters(std::string_view text, std::string_view key_read,
                            const Convention& convention) {
    const auto document = json::Document::parse(text);
    if (!document) return;
    for (const auto& [key, value] : document->root().members()) {
        if (value.is_null() || key == "messages" || key == "tools" || key == "api_key") continue;
        if (key == "model" && value.is_string() && !has(Field::model_requested)) {
            step_.model_requested = value.as_string();
            took(Field::model_requested, key_read, convention);
        } else if (step_.parameters.size() < parameters_max) {
            std::string plain = plain_or_json(value);
            if (plain.size() <= slice_bytes_max) {
                step_.parameters.try_emplace(std::string(key), std::move(plain));
            }
        }
    }
    if (const auto tools = document->root().find("tools")) {
        std::vector<ToolDefinition> offered;
        read_tools(*tools, offered);
        offer_tools(std::move(offered), key_read, convention);
    }
}

void Draft::read_metadata(std::string_view text) {
    const auto document = json::Document::parse(text);
    if (!document) return;
    for (const auto& [key, value] : document->root().members()) {
        if (value.is_array() || value.is_object()) continue;
        std::string plain = plain_or_json(value);
        if (plain.empty() || plain.size() > slice_bytes_max || key.size() > slice_bytes_max)
            continue;
        step_.slices.emplace_back("metadata." + std::string(key), std::move(plain));
    }
}

void Draft::read_finish_reasons(const wire::AnyValue& value) {
    std::string storage;
    std::string_view text = json_text(value, storage);
    const auto add = [this](std::string_view sent) {
        std::string reason = finish_reason_named(sent);
        if (!reason.empty()) step_.finish_reasons.push_back(std::move(reason));
    };
    if (text.starts_with('[')) {
        if (const auto document = json::Document::parse(text)) {
            for (const json::Value each : document->root().elements()) add(each.as_string());
            return;
        }
    }
    while (!text.empty()) {  // "stop, length"
        const std::size_t comma = std::min(text.find(','), text.size());
        std::string_view one = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        add(one);
    }
}

}  // namespace plimsoll::interaction
