/// Fields of a Draft that stand several to an attribute. Beside draft.cc.
#include <algorithm>

#include "base/json.h"
#include "interaction/draft.h"
#include "interaction/exchange_reader.h"
#include "interaction/salvage.h"
#include "interaction/vocabulary.h"

namespace plimsoll::interaction {
namespace {

/// JSON that may have been encoded twice, or cut.
std::optional<json::Document> parsed(std::string_view text) {
    auto document = json::Document::parse(text);
    if (!document) {
        if (const auto kept = salvage_json(text)) document = json::Document::parse(*kept);
    }
    if (!document) return std::nullopt;
    if (document->root().is_string()) {
        document = json::Document::parse(std::string(document->root().as_string()));
        if (!document) return std::nullopt;
    }
    return std::move(*document);
}

/// Words of a JSON list, or between commas.
template <class Visit>
void each_word(std::string_view text, const Visit& visit) {
    text = unquoted(text);
    if (text.starts_with('[')) {
        const auto document = parsed(text);
        if (!document) return;
        for (const json::Value each : document->root().elements()) {
            if (each.size() != 0) visit(each.as_string());
        }
        return;
    }
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        std::string_view one = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        if (!one.empty()) visit(one);
    }
}

/// What of a whole request steers the model and is not content.
constexpr std::string_view request_parameters[] = {
    "temperature",
    "top_p",
    "top_k",
    "max_tokens",
    "max_completion_tokens",
    "max_output_tokens",
    "maxOutputTokens",
    "stop",
    "stop_sequences",
    "seed",
    "n",
    "presence_penalty",
    "frequency_penalty",
    "stream",
    "tool_choice",
    "response_format",
    "reasoning_effort",
    "service_tier",
};

}  // namespace

void Draft::read_parameters(std::string_view text, std::string_view key_read,
                            const Convention& convention) {
    const auto document = parsed(text);
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
    const auto document = parsed(text);
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
    each_word(json_text(value, storage), [this](std::string_view sent) {
        std::string reason = finish_reason_named(sent);
        if (!reason.empty()) step_.finish_reasons.push_back(std::move(reason));
    });
}

void Draft::read_tags(const wire::AnyValue& value) {
    std::string storage;
    each_word(json_text(value, storage), [this](std::string_view tag) {
        if (tag.size() <= slice_bytes_max && step_.slices.size() < unmapped_max) {
            step_.slices.emplace_back("tag." + std::string(tag), "true");
        }
    });
}

void Draft::read_tool_names(const wire::AnyValue& value, std::string_view key,
                            const Convention& convention) {
    std::string storage;
    std::vector<ToolDefinition> tools;
    each_word(json_text(value, storage), [&tools](std::string_view name) {
        if (name.size() <= slice_bytes_max) tools.emplace_back().name = name;
    });
    offer_tools(std::move(tools), key, convention);
}

bool Draft::read_cost_of(std::string_view text) {
    const auto document = parsed(text);
    const auto cost = document ? read_cost(document->root()) : std::nullopt;
    if (!cost || *cost < 0) return false;
    step_.cost_usd = cost;
    return true;
}

void Draft::read_prompt(std::string_view text, std::string_view key, const Convention& convention) {
    const auto document = parsed(text);
    if (!document) return;
    json::Value prompt = document->root();
    for (const json::Value each : prompt.elements()) {
        prompt = each;
        break;
    }
    const auto name = prompt.find("name");
    const auto version = prompt.find("version");
    if (name) offer_text(Field::prompt_name, plain_or_json(*name), key, convention);
    if (version) offer_text(Field::prompt_version, plain_or_json(*version), key, convention);
}

void Draft::offer_tokens(const Tokens& tokens, std::string_view key, const Convention& convention) {
    const auto one = [&](Field field, std::optional<std::int64_t>& into,
                         const std::optional<std::int64_t>& count) {
        if (!count || has(field)) return;
        into = count;
        took(field, key, convention);
    };
    one(Field::tokens_input, step_.tokens.input, tokens.input);
    one(Field::tokens_output, step_.tokens.output, tokens.output);
    one(Field::tokens_cache_read, step_.tokens.cache_read, tokens.cache_read);
    one(Field::tokens_cache_write, step_.tokens.cache_write, tokens.cache_write);
    one(Field::tokens_reasoning, step_.tokens.reasoning, tokens.reasoning);
}

void Draft::read_usage_of(std::string_view text, std::string_view key,
                          const Convention& convention) {
    if (const auto document = parsed(text)) {
        offer_tokens(read_usage(document->root()), key, convention);
    }
}

void Draft::read_request(std::string_view text, std::string_view key,
                         const Convention& convention) {
    if (text.empty() || text == "{}" || text == "<not serializable>") return;
    offer_messages(Field::input, read_messages(text, Role::user), key, convention);
    const auto document = parsed(text);
    if (!document) return;
    json::Value request = document->root();
    if (const auto model = request.find("model"); model && !has(Field::model_requested)) {
        offer_text(Field::model_requested, std::string(model->as_string()), key, convention);
    }
    if (const auto config = request.find("config"); config && config->is_object()) {
        request = *config;  // Gemini
    }
    for (const auto& [name, value] : request.members()) {
        const bool known = std::find(std::begin(request_parameters), std::end(request_parameters),
                                     name) != std::end(request_parameters);
        if (known && !value.is_null()) {
            std::string plain = plain_or_json(value);
            if (plain.size() <= slice_bytes_max && step_.parameters.size() < parameters_max) {
                step_.parameters.try_emplace(std::string(name), std::move(plain));
            }
        }
    }
}

void Draft::read_reply_of(std::string_view text, std::string_view key,
                          const Convention& convention) {
    if (text.empty() || text == "{}" || text == "<not serializable>") return;
    offer_messages(Field::output, read_messages(text, Role::assistant), key, convention);
    const auto document = parsed(text);
    if (!document) return;
    Exchange reply = read_reply(document->root());
    offer_text(Field::model_answered, std::move(reply.model), key, convention);
    if (!reply.response_id.empty()) {
        offer_text(Field::response_id, std::move(reply.response_id), key, convention);
    }
    offer_tokens(reply.tokens, key, convention);
    if (!has(Field::finish_reasons) && !reply.finish_reasons.empty()) {
        step_.finish_reasons = std::move(reply.finish_reasons);
        took(Field::finish_reasons, key, convention);
    }
}

void Draft::offer_calls(std::string_view text, std::string_view key, const Convention& convention) {
    const auto document = parsed(text);
    if (!document) return;
    Message asked;
    asked.role = Role::assistant;
    const json::Value root = document->root();
    if (root.is_object()) asked.parts.push_back(read_tool_call(root));
    for (const json::Value call : root.elements()) {
        if (call.is_object()) asked.parts.push_back(read_tool_call(call));
    }
    std::erase_if(asked.parts, [](const Part& call) { return call.name.empty(); });
    if (asked.parts.empty()) return;
    // Beside words that another attribute holds the calls are the rest of that message.
    std::vector<Message>& held = step_.output;
    const bool has_calls = std::ranges::any_of(held, [](const Message& message) {
        return std::ranges::any_of(
            message.parts, [](const Part& part) { return part.kind == PartKind::tool_call; });
    });
    if (has_calls) return;
    if (held.empty()) {
        held.push_back(std::move(asked));
        took(Field::output, key, convention);
    } else {
        std::ranges::move(asked.parts, std::back_inserter(held.back().parts));
    }
    lower_content(ContentStatus::full);
}

}  // namespace plimsoll::interaction
