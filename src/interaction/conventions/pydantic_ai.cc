/// Pydantic AI (scope `pydantic-ai`), its instrumentation versions 1 to 6. From version 2 on its
/// model calls speak OpenTelemetry's convention; version 1 keeps one JSON list of events, and
/// agents and tools have names of their own.
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"tool_arguments", Field::tool_arguments},
    {"tool_response", Field::tool_result},
    {"model_name", Field::model_requested},
    {"agent_name", Field::agent},
    {"gen_ai.aggregated_usage.input_tokens", Field::tokens_input},
    {"gen_ai.aggregated_usage.output_tokens", Field::tokens_output},
    {"gen_ai.aggregated_usage.cache_read.input_tokens", Field::tokens_cache_read},
    {"gen_ai.aggregated_usage.cache_creation.input_tokens", Field::tokens_cache_write},
    {"model_request_parameters", Field::unused},  // See read().
    {"events", Field::unused},
    {"all_messages_events", Field::unused},
    {"pydantic_ai.all_messages", Field::unused},
    {"pydantic_ai.new_message_index", Field::unused},
    {"gen_ai.agent.call.id", Field::unused},
};

constexpr Row last_resort[] = {
    {"final_result", Field::output_words},
};

/// Of each provider's own counts, those that have no name above.
constexpr std::string_view content_prefixes[] = {"gen_ai.usage.details.",
                                                 "gen_ai.aggregated_usage."};

/// A conversation as one list: what the model said last is its output, the rest went in.
void read_conversation(std::string_view text, std::string_view key, Draft& draft) {
    MessagesRead read = read_messages(text, Role::user);
    if (read.messages.empty()) return;
    MessagesRead said = read;
    said.messages.clear();
    if (read.messages.back().role == Role::assistant) {
        said.messages.push_back(std::move(read.messages.back()));
        read.messages.pop_back();
    }
    draft.offer_messages(Field::input, std::move(read), key, pydantic_ai);
    draft.offer_messages(Field::output, std::move(said), key, pydantic_ai);
}

/// [{"event.name":"gen_ai.user.message","content":…,"role":…}, …, {"event.name":"gen_ai.choice",
/// "message":{…}}]: messages, once the choice's frame is off. The reader of messages does that.
void read(const wire::SpanView& span, Draft& draft) {
    if (!draft.has(Field::kind) && span.attributes.find("agent_name")) {
        draft.set_kind(StepKind::agent, "agent_name", pydantic_ai);  // Version 1: "agent run".
    }
    for (const std::string_view key :
         {"events", "all_messages_events", "pydantic_ai.all_messages"}) {
        if (const wire::AnyValue* value = span.attributes.find(key)) {
            std::string storage;
            read_conversation(json_text(*value, storage), key, draft);
        }
    }
    if (const wire::AnyValue* value = span.attributes.find("model_request_parameters")) {
        std::string storage;
        const auto document = json::Document::parse(json_text(*value, storage));
        if (!document) return;
        std::vector<ToolDefinition> tools;
        for (const std::string_view key : {"function_tools", "output_tools"}) {
            if (const auto list = document->root().find(key)) read_tools(*list, tools);
        }
        draft.offer_tools(std::move(tools), "model_request_parameters", pydantic_ai);
    }
}

}  // namespace

const Convention pydantic_ai{
    .name = "pydantic_ai",
    .says = "Pydantic AI.",
    .table = table,
    .last_resort = last_resort,
    .content_prefixes = content_prefixes,
    .read = read,
};

}  // namespace plimsoll::interaction
