/// OpenTelemetry GenAI up to 1.36, and OpenLLMetry, which wrote it down first. Content comes in
/// four shapes, all still alive:
///
///     gen_ai.prompt.0.role, gen_ai.completion.0.content     numbered attributes
///     gen_ai.prompt, gen_ai.completion                      one attribute each, JSON
///     event gen_ai.content.prompt {gen_ai.prompt}           one event each, JSON
///     event gen_ai.user.message {content}, gen_ai.choice    one event a message
#include <algorithm>

#include "interaction/conventions/conventions.h"
#include "interaction/conventions/numbered.h"
#include "interaction/draft.h"
#include "interaction/vocabulary.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"gen_ai.system", Field::provider},
    {"gen_ai.usage.prompt_tokens", Field::tokens_input},
    {"gen_ai.usage.completion_tokens", Field::tokens_output},
    {"llm.usage.total_tokens", Field::unused},
    {"llm.request.type", Field::kind},
    {"llm.response.finish_reason", Field::finish_reasons},
    {"llm.response.stop_reason", Field::finish_reasons},
    {"llm.top_k", Field::parameter, "top_k"},
    {"llm.frequency_penalty", Field::parameter, "frequency_penalty"},
    {"llm.presence_penalty", Field::parameter, "presence_penalty"},
    {"llm.chat.stop_sequences", Field::parameter, "stop_sequences"},
    {"llm.is_streaming", Field::parameter, "stream"},
    {"gen_ai.is_streaming", Field::parameter, "stream"},
    {"gen_ai.openai.request.seed", Field::parameter, "seed"},
    {"gen_ai.openai.request.response_format", Field::output_type},
};

constexpr Row last_resort[] = {
    {"gen_ai.prompt", Field::input_words},
    {"gen_ai.completion", Field::output_words},
    {"llm.user", Field::user},
    {"gen_ai.user", Field::user},
};

constexpr KindWord kinds[] = {
    {"chat", StepKind::model_call},
    {"completion", StepKind::model_call},
    {"rerank", StepKind::rerank},
    {"embedding", StepKind::embedding},
};

constexpr std::string_view content_prefixes[] = {"gen_ai.prompt.", "gen_ai.completion.",
                                                 "llm.request.functions.", "llm.headers"};

constexpr std::string_view events[] = {
    "gen_ai.content.prompt", "gen_ai.content.completion", "gen_ai.system.message",
    "gen_ai.user.message",   "gen_ai.assistant.message",  "gen_ai.tool.message",
    "gen_ai.choice",
};

const wire::AnyValue* first_of(const wire::Attributes& attributes,
                               std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
        if (const wire::AnyValue* found = attributes.find(key)) return found;
    }
    return nullptr;
}

MessagesRead as_read(std::vector<Message> messages) {
    MessagesRead read;
    read.status = messages.empty() ? ContentStatus::absent : ContentStatus::full;
    read.messages = std::move(messages);
    return read;
}

void read_numbered(const wire::SpanView& span, Draft& draft) {
    const auto side = [&](std::string_view prefix, std::string_view key, Field field, Role role) {
        const auto found = numbered_under(span.attributes, prefix);
        if (found.empty()) return;
        if (span.dropped_attributes != 0 && has_gaps(found)) draft.mark_truncated(key);
        draft.offer_messages(field, as_read(numbered_messages(found, role)), key, otel_genai_old);
    };
    side("gen_ai.prompt.", "gen_ai.prompt", Field::input, Role::user);
    side("gen_ai.completion.", "gen_ai.completion", Field::output, Role::assistant);

    std::vector<ToolDefinition> tools;
    each_number(numbered_under(span.attributes, "llm.request.functions."),
                [&](std::span<const Numbered> one) {
                    ToolDefinition tool;
                    for (const Numbered& each : one) {
                        std::string storage;
                        if (each.rest == "name") tool.name = plain_text(*each.value);
                        if (each.rest == "description") tool.description = plain_text(*each.value);
                        if (each.rest == "parameters" || each.rest == "arguments") {  // Python; JS.
                            tool.parameters_json = json_text(*each.value, storage);
                        }
                    }
                    tools.push_back(std::move(tool));
                });
    draft.offer_tools(std::move(tools), "llm.request.functions", otel_genai_old);
}

/// The body of a message's event: JSON in one attribute, or an attribute for each of its members.
Message message_of(const wire::EventView& event, Role role) {
    std::string storage;
    std::vector<Message> read;
    if (const auto* body = first_of(event.attributes, {"gen_ai.event.content"})) {
        read = std::move(read_messages_or_words(json_text(*body, storage), role).messages);
    }
    Message message;
    if (!read.empty()) message = std::move(read.front());
    if (read.empty()) {
        message.role = role;
        if (const auto* content = first_of(event.attributes, {"content", "message"})) {
            const std::string_view text = json_text(*content, storage);
            // A choice's message may be a whole one: {"role":…, "content":…, "tool_calls":…}.
            if (text.starts_with('{')) {
                auto inner = read_messages_or_words(text, role).messages;
                if (!inner.empty()) message = std::move(inner.front());
            } else {
                read_content_text(text, message.parts);
            }
        }
        if (const auto* calls = first_of(event.attributes, {"tool_calls"})) {
            const auto inner = json::Document::parse(json_text(*calls, storage));
            if (inner) {
                for (const json::Value call : inner->root().elements()) {
                    if (call.is_object()) message.parts.push_back(read_tool_call(call));
                }
            }
        }
    }
    if (const auto* sent = first_of(event.attributes, {"role"});
        sent && message.role_sent.empty()) {
        message.role_sent = plain_text(*sent);
        if (role_named(message.role_sent) != Role::other) {
            message.role = role_named(message.role_sent);
        }
    }
    if (const auto* finish = first_of(event.attributes, {"finish_reason"});
        finish && message.finish_reason.empty()) {
        message.finish_reason = finish_reason_named(plain_text(*finish));
    }
    if (message.role == Role::tool && !message.parts.empty() &&
        message.parts[0].kind != PartKind::tool_result) {
        Part result;
        result.kind = PartKind::tool_result;
        if (const auto* id = first_of(event.attributes, {"id", "tool_call_id"})) {
            result.id = plain_text(*id);
        }
        result.text = message.text();
        message.parts.assign(1, std::move(result));
    }
    return message;
}

struct MessageEvent {
    std::string_view name;
    Role role;
};

constexpr MessageEvent message_events[] = {
    {"gen_ai.system.message", Role::system},
    {"gen_ai.user.message", Role::user},
    {"gen_ai.assistant.message", Role::assistant},
    {"gen_ai.tool.message", Role::tool},
    {"gen_ai.choice", Role::assistant},
};

/// On a tool's own span the same events mean another thing: its arguments, and its result.
void read_tool_event(const wire::EventView& event, Draft& draft) {
    std::string storage;
    if (event.name == "gen_ai.tool.message") {
        if (const auto* content = first_of(event.attributes, {"content"})) {
            draft.offer_text(Field::tool_arguments, std::string(json_text(*content, storage)),
                             "gen_ai.tool.message", otel_genai_old);
        }
    } else if (event.name == "gen_ai.choice") {
        if (const auto* content = first_of(event.attributes, {"message", "tool.result"})) {
            Message result;  // Words, or a list of blocks that hold them.
            read_content_text(json_text(*content, storage), result.parts);
            std::string words = result.text();
            if (words.empty()) words = json_text(*content, storage);
            draft.offer_text(Field::tool_result, std::move(words), "gen_ai.choice", otel_genai_old);
        }
    }
}

void read_events(const wire::SpanView& span, Draft& draft) {
    std::vector<const wire::EventView*> ordered;
    ordered.reserve(span.events.size());
    for (const wire::EventView& event : span.events) ordered.push_back(&event);
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto* a, const auto* b) { return a->time < b->time; });
    std::vector<Message> input, output;
    for (const wire::EventView* event : ordered) {
        if (event->name == "gen_ai.content.prompt" || event->name == "gen_ai.content.completion") {
            const bool in = event->name == "gen_ai.content.prompt";
            const auto* body =
                first_of(event->attributes, {in ? "gen_ai.prompt" : "gen_ai.completion"});
            std::string storage;
            if (body && !(span.scope && span.scope->name.starts_with("openlit"))) {
                draft.offer_messages(in ? Field::input : Field::output,
                                     read_messages_or_words(json_text(*body, storage),
                                                            in ? Role::user : Role::assistant),
                                     in ? "gen_ai.content.prompt" : "gen_ai.content.completion",
                                     otel_genai_old);
            }
            continue;
        }
        for (const MessageEvent& known : message_events) {
            if (event->name != known.name) continue;
            if (draft.kind() == StepKind::tool_call) {
                read_tool_event(*event, draft);
            } else if (input.size() + output.size() < 10'000) {
                (known.name == "gen_ai.choice" ? output : input)
                    .push_back(message_of(*event, known.role));
            }
        }
    }
    if (span.dropped_events != 0 && (!input.empty() || !output.empty())) {
        draft.mark_truncated("gen_ai.*.message");
    }
    draft.offer_messages(Field::input, as_read(std::move(input)), "gen_ai.*.message",
                         otel_genai_old);
    draft.offer_messages(Field::output, as_read(std::move(output)), "gen_ai.choice",
                         otel_genai_old);
}

void read(const wire::SpanView& span, Draft& draft) {
    read_numbered(span, draft);
    if (!span.events.empty()) read_events(span, draft);
}

}  // namespace

const Convention otel_genai_old{
    .name = "otel_genai_old",
    .says = "OpenTelemetry GenAI semantic conventions up to 1.36, and OpenLLMetry.",
    .table = table,
    .last_resort = last_resort,
    .kinds = kinds,
    .kind_rank = 5,
    .content_prefixes = content_prefixes,
    .events = events,
    .read = read,
};

}  // namespace plimsoll::interaction
