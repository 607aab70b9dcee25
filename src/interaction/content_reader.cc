/// Blocks of a message's content, in any provider's form. Beside message_reader.cc.
#include <array>

#include "interaction/message_reader.h"

namespace plimsoll::interaction {
namespace {

using json::Value;

/// The first of `keys` that the object has.
template <std::size_t count>
std::optional<Value> first_of(Value object, const std::array<std::string_view, count>& keys) {
    for (const std::string_view key : keys) {
        if (const auto found = object.find(key)) return found;
    }
    return std::nullopt;
}

std::string text_of(std::optional<Value> value) {
    return value ? plain_or_json(*value) : "";
}

std::string string_of(Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? std::string(found->as_string()) : "";
}

template <std::size_t count>
std::string string_of_first(Value object, const std::array<std::string_view, count>& keys) {
    const auto found = first_of(object, keys);
    return found ? plain_or_json(*found) : "";
}

constexpr std::array<std::string_view, 4> call_ids{"id", "call_id", "toolCallId", "tool_call_id"};
constexpr std::array<std::string_view, 3> names{"name", "toolName", "tool_name"};
constexpr std::array<std::string_view, 3> arguments{"arguments", "input", "args"};
constexpr std::array<std::string_view, 6> result_ids{"id",         "tool_use_id", "call_id",
                                                     "toolCallId", "toolUseId",   "tool_call_id"};
constexpr std::array<std::string_view, 4> results{"response", "result", "output", "content"};

Part text_part(PartKind kind, std::string text) {
    Part part;
    part.kind = kind;
    part.text = std::move(text);
    return part;
}

/// Arguments stand beside the name, or both in `function`.
Part tool_call(Value block) {
    Part part;
    part.kind = PartKind::tool_call;
    part.id = string_of_first(block, call_ids);
    Value described = block;
    if (const auto function = block.find("function"); function && function->is_object()) {
        described = *function;
    }
    part.name = string_of_first(described, names);
    part.json = string_of_first(described, arguments);
    return part;
}

/// The words of a result: a text, the texts of its blocks, or JSON.
std::string result_text(Value result) {
    if (result.is_array() && result.size() != 0) {
        std::vector<Part> parts;
        read_content(result, parts);
        std::string all;
        for (const Part& part : parts) {
            if (part.kind != PartKind::text) return json::to_text(result);
            if (!all.empty()) all += '\n';
            all += part.text;
        }
        return all;
    }
    if (result.is_object()) {  // The AI SDK: {"type":"text","value":"…"}.
        const auto type = result.find("type");
        const auto value = result.find("value");
        if (type && value && type->is_string()) return plain_or_json(*value);
    }
    return plain_or_json(result);
}

Part tool_result(Value block) {
    Part part;
    part.kind = PartKind::tool_result;
    part.id = string_of_first(block, result_ids);
    part.name = string_of_first(block, names);
    const auto result = first_of(block, results);
    if (result) part.text = result_text(*result);
    if (const auto error = block.find("is_error"))
        part.is_error = error->as_boolean().value_or(false);
    if (const auto error = block.find("isError"))
        part.is_error = error->as_boolean().value_or(false);
    if (const auto status = block.find("status")) part.is_error |= status->as_string() == "error";
    if (result && result->is_object()) {
        part.is_error |= string_of(*result, "type").starts_with("error-");
    }
    return part;
}

/// Reasoning: words, or a list of summaries.
Part reasoning(Value block) {
    static constexpr std::array<std::string_view, 4> keys{"content", "thinking", "text", "summary"};
    const auto found = first_of(block, keys);
    if (!found) return text_part(PartKind::reasoning, "");
    return text_part(PartKind::reasoning, result_text(*found));
}

Part as_sent(PartKind kind, Value block) {
    Part part;
    part.kind = kind;
    part.json = json::to_text(block);
    return part;
}

enum class BlockForm { text, reasoning, tool_call, tool_result, media };

struct BlockType {
    std::string_view type;
    BlockForm form;
};

constexpr BlockType block_types[] = {
    {"text", BlockForm::text},        // OpenTelemetry, OpenAI, Anthropic
    {"input_text", BlockForm::text},  // OpenAI Responses
    {"output_text", BlockForm::text},
    {"refusal", BlockForm::text},
    {"reasoning", BlockForm::reasoning},
    {"thinking", BlockForm::reasoning},                // Anthropic, Pydantic AI
    {"tool_call", BlockForm::tool_call},               // OpenTelemetry
    {"tool_use", BlockForm::tool_call},                // Anthropic
    {"tool-call", BlockForm::tool_call},               // AI SDK
    {"function_call", BlockForm::tool_call},           // OpenAI Responses
    {"function", BlockForm::tool_call},                // OpenAI, an element of tool_calls
    {"tool_call_response", BlockForm::tool_result},    // OpenTelemetry
    {"tool_result", BlockForm::tool_result},           // Anthropic
    {"tool-result", BlockForm::tool_result},           // AI SDK
    {"function_call_output", BlockForm::tool_result},  // OpenAI Responses
    {"blob", BlockForm::media},                        // OpenTelemetry
    {"file", BlockForm::media},
    {"uri", BlockForm::media},
    {"image", BlockForm::media},
    {"image_url", BlockForm::media},
    {"input_image", BlockForm::media},
    {"input_file", BlockForm::media},
    {"input_audio", BlockForm::media},
    {"audio", BlockForm::media},
    {"video", BlockForm::media},
    {"document", BlockForm::media},
    {"image-url", BlockForm::media},
    {"binary", BlockForm::media},
    {"file_data", BlockForm::media},
};

Part typed_block(Value block, std::string_view type) {
    for (const BlockType& known : block_types) {
        if (known.type != type) continue;
        switch (known.form) {
            case BlockForm::text: {
                static constexpr std::array<std::string_view, 4> keys{"content", "text", "refusal",
                                                                      "data"};
                const auto words = first_of(block, keys);
                if (!words) return as_sent(PartKind::other, block);
                return text_part(PartKind::text, plain_or_json(*words));
            }
            case BlockForm::reasoning:
                return reasoning(block);
            case BlockForm::tool_call:
                return tool_call(block);
            case BlockForm::tool_result:
                return tool_result(block);
            case BlockForm::media:
                return as_sent(PartKind::media, block);
        }
    }
    return as_sent(PartKind::other, block);
}

/// Gemini and Bedrock name a block's kind by its only key.
Part keyed_block(Value block) {
    for (const auto& [key, value] : block.members()) {
        if (key == "text") {
            const auto thought = block.find("thought");
            const bool thinks = thought && thought->as_boolean().value_or(false);
            return text_part(thinks ? PartKind::reasoning : PartKind::text, plain_or_json(value));
        }
        if (key == "guardContent") {  // Bedrock: words that a guardrail looks at.
            const auto guarded = value.find("text");
            return text_part(PartKind::text, text_of((guarded ? *guarded : value).find("text")));
        }
        if (key == "functionCall" || key == "function_call" || key == "toolUse") {
            Part part = tool_call(value);
            if (part.id.empty()) part.id = string_of(value, "toolUseId");
            return part;
        }
        if (key == "functionResponse" || key == "function_response" || key == "toolResult") {
            return tool_result(value);
        }
        if (key == "reasoningContent" || key == "reasoning_content") {
            const auto inner = value.find("reasoningText");
            return text_part(PartKind::reasoning, text_of((inner ? *inner : value).find("text")));
        }
        if (key == "inlineData" || key == "inline_data" || key == "fileData" || key == "image") {
            return as_sent(PartKind::media, block);
        }
        if (key == "toolCallId") return tool_call(block);
    }
    return as_sent(PartKind::other, block);
}

Part read_block(Value block) {
    if (block.is_string()) return text_part(PartKind::text, std::string(block.as_string()));
    if (!block.is_object()) return as_sent(PartKind::other, block);
    const auto type = block.find("type");
    if (type && type->is_string()) return typed_block(block, type->as_string());
    return keyed_block(block);
}

}  // namespace

Part read_tool_call(Value call) {
    return tool_call(call);
}

std::string plain_or_json(Value value) {
    if (value.is_string()) return std::string(value.as_string());
    if (value.is_null()) return "";
    return json::to_text(value);
}

void read_content(Value content, std::vector<Part>& into) {
    if (content.is_array()) {
        into.reserve(into.size() + content.size());
        for (const Value block : content.elements()) into.push_back(read_block(block));
    } else if (!content.is_null()) {
        into.push_back(read_block(content));
    }
}

void read_content_text(std::string_view content, std::vector<Part>& into) {
    if (content.starts_with("[{")) {
        // Only lists of blocks are read: a user's words that merely look like JSON are words.
        if (const auto document = json::Document::parse(content)) {
            bool blocks = true;
            for (const Value each : document->root().elements()) {
                blocks &= each.find("type") || each.find("text") || each.find("toolUse") ||
                          each.find("toolResult") || each.find("reasoningContent") ||
                          each.find("image");
            }
            if (blocks) return read_content(document->root(), into);
        }
    }
    into.push_back(text_part(PartKind::text, std::string(content)));
}

}  // namespace plimsoll::interaction
