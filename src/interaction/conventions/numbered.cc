#include "interaction/conventions/numbered.h"

#include <algorithm>
#include <span>

#include "interaction/draft.h"
#include "interaction/vocabulary.h"

namespace plimsoll::interaction {
namespace {

constexpr std::size_t messages_max = 10'000;

using Attributes = std::span<const Numbered>;

void drop_prefix(std::string_view& text, std::string_view prefix) {
    if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
}

std::vector<Numbered> numbered_inside(Attributes attributes, std::string_view prefix) {
    std::vector<Numbered> inside;
    for (const Numbered& each : attributes) {
        if (!each.rest.starts_with(prefix)) continue;
        auto inner = numbered(each.rest.substr(prefix.size()));
        if (!inner) continue;
        inner->value = each.value;
        inside.push_back(*inner);
    }
    std::stable_sort(inside.begin(), inside.end(),
                     [](const Numbered& a, const Numbered& b) { return a.number < b.number; });
    return inside;
}

Part call_of(Attributes attributes) {
    Part call;
    call.kind = PartKind::tool_call;
    for (const Numbered& each : attributes) {
        std::string_view rest = each.rest;
        drop_prefix(rest, "tool_call.");
        drop_prefix(rest, "function.");
        std::string storage;
        if (rest == "id") call.id = plain_text(*each.value);
        if (rest == "name") call.name = plain_text(*each.value);
        if (rest == "arguments") call.json = json_text(*each.value, storage);
    }
    return call;
}

/// One content block. A call here repeats one of tool_calls; who reads this drops the copy.
Part block_of(Attributes attributes) {
    Part part;
    bool is_call = false;
    std::string type, image;
    for (const Numbered& each : attributes) {
        is_call |= each.rest.starts_with("tool_call.");
        std::string_view rest = each.rest;
        drop_prefix(rest, "message_content.");
        if (rest == "type") type = plain_text(*each.value);
        if (rest == "text") part.text = plain_text(*each.value);
        if (rest == "image.image.url" || rest == "audio.audio.url") image = plain_text(*each.value);
    }
    if (is_call) return call_of(attributes);
    if (type == "reasoning") part.kind = PartKind::reasoning;
    if (type == "image" || type == "audio" || !image.empty()) {
        part.kind = PartKind::media;
        json::Writer json;
        json.begin_object().key("type").value(type).key("url").value(image).end_object();
        part.json = json.take();
    } else if (part.text.empty() && !type.empty() && type != "text" && type != "reasoning") {
        part.kind = PartKind::other;
        json::Writer json;
        json.begin_object().key("type").value(type).end_object();
        part.json = json.take();
    }
    return part;
}

Message message_of(Attributes attributes, Role unless_said) {
    Message message;
    message.role = unless_said;
    std::string call_id;
    Part function_call;
    function_call.kind = PartKind::tool_call;
    bool has_calls = false, has_blocks = false;
    std::vector<Part> content;
    for (const Numbered& each : attributes) {
        const std::string_view rest = each.rest;
        std::string storage;
        if (rest == "role") {
            message.role_sent = plain_text(*each.value);
        } else if (rest == "content") {
            content.clear();
            const std::string_view text = json_text(*each.value, storage);
            if (!text.empty()) read_content_text(text, content);
        } else if (rest == "name") {
            message.name = plain_text(*each.value);
        } else if (rest == "tool_call_id") {
            call_id = plain_text(*each.value);
        } else if (rest == "finish_reason") {
            message.finish_reason = finish_reason_named(plain_text(*each.value));
        } else if (rest == "refusal") {
            if (content.empty()) read_content_text(json_text(*each.value, storage), content);
        } else if (rest == "function_call_name" || rest == "function_call.name") {
            function_call.name = plain_text(*each.value);
        } else if (rest == "function_call_arguments_json" || rest == "function_call.arguments") {
            function_call.json = json_text(*each.value, storage);
        } else if (rest.starts_with("tool_calls.")) {
            has_calls = true;
        } else if (rest.starts_with("contents.")) {
            has_blocks = true;
        }
    }
    if (!message.role_sent.empty()) message.role = role_named(message.role_sent);

    std::vector<Part> calls;
    if (has_calls) {
        each_number(numbered_inside(attributes, "tool_calls."),
                    [&](Attributes one) { calls.push_back(call_of(one)); });
    }
    if (has_blocks) {
        // Blocks repeat plain content, in order and with more kinds.
        std::vector<Part> blocks;
        each_number(numbered_inside(attributes, "contents."),
                    [&](Attributes one) { blocks.push_back(block_of(one)); });
        std::erase_if(blocks, [&calls](const Part& part) {
            return part.kind == PartKind::tool_call && !calls.empty();
        });
        content = std::move(blocks);
    }
    if (message.role == Role::tool) {
        Part result;
        result.kind = PartKind::tool_result;
        result.id = std::move(call_id);
        result.name = message.name;
        for (const Part& part : content) {
            if (!result.text.empty()) result.text += '\n';
            result.text += part.text;
        }
        content.clear();
        content.push_back(std::move(result));
    }
    message.parts = std::move(content);
    std::move(calls.begin(), calls.end(), std::back_inserter(message.parts));
    if (!function_call.name.empty()) message.parts.push_back(std::move(function_call));
    return message;
}

}  // namespace

std::optional<Numbered> numbered(std::string_view key) {
    Numbered found;
    std::size_t digits = 0;
    while (digits < key.size() && key[digits] >= '0' && key[digits] <= '9') {
        if (digits == 18) return std::nullopt;
        found.number = found.number * 10 + static_cast<std::uint64_t>(key[digits] - '0');
        ++digits;
    }
    if (digits == 0 || (digits < key.size() && key[digits] != '.')) return std::nullopt;
    found.rest = key.substr(std::min(digits + 1, key.size()));
    return found;
}

std::vector<Numbered> numbered_under(const wire::Attributes& attributes, std::string_view prefix) {
    std::vector<Numbered> found;
    for (const wire::Attribute& attribute : attributes.list()) {
        if (!attribute.key.starts_with(prefix)) continue;
        auto each = numbered(attribute.key.substr(prefix.size()));
        if (!each) continue;
        each->value = &attribute.value;
        found.push_back(*each);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Numbered& a, const Numbered& b) { return a.number < b.number; });
    return found;
}

bool has_gaps(const std::vector<Numbered>& sorted) {
    std::uint64_t due = 0;
    for (const Numbered& each : sorted) {
        if (each.number > due) return true;
        if (each.number == due) ++due;
    }
    return false;
}

std::vector<Message> numbered_messages(const std::vector<Numbered>& sorted, Role unless_said) {
    std::vector<Message> messages;
    std::vector<Numbered> bare = sorted;
    for (Numbered& each : bare) drop_prefix(each.rest, "message.");
    each_number(bare, [&](Attributes one) {
        if (messages.size() < messages_max) messages.push_back(message_of(one, unless_said));
    });
    return messages;
}

std::vector<Document> numbered_documents(const std::vector<Numbered>& sorted) {
    std::vector<Document> documents;
    each_number(sorted, [&](Attributes one) {
        if (documents.size() == messages_max) return;
        Document document;
        for (const Numbered& each : one) {
            std::string_view rest = each.rest;
            drop_prefix(rest, "document.");
            std::string storage;
            if (rest == "id") document.id = plain_text(*each.value);
            if (rest == "content") document.text = json_text(*each.value, storage);
            if (rest == "score") document.score = number_of(*each.value);
            if (rest == "metadata") document.metadata_json = json_text(*each.value, storage);
        }
        documents.push_back(std::move(document));
    });
    return documents;
}

}  // namespace plimsoll::interaction
