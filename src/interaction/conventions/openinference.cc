/// OpenInference: lists are numbered attributes (llm.input_messages.0.message.role), and every span
/// may repeat what went in and out as words (input.value, output.value). Its prompt tokens include
/// what came from a cache.
#include "interaction/conventions/conventions.h"
#include "interaction/conventions/numbered.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"openinference.span.kind", Field::kind},
    {"llm.provider", Field::provider},
    {"llm.system", Field::provider},
    {"llm.request.model_name", Field::model_requested},
    {"llm.response.model_name", Field::model_answered},
    {"llm.model_name", Field::model_answered},
    {"embedding.model_name", Field::model_answered},
    {"reranker.model_name", Field::model_answered},
    {"llm.finish_reason", Field::finish_reasons},
    {"llm.invocation_parameters", Field::parameters},
    {"embedding.invocation_parameters", Field::parameters},

    {"llm.token_count.prompt", Field::tokens_input},
    {"llm.token_count.completion", Field::tokens_output},
    {"llm.token_count.total", Field::unused},
    {"llm.token_count.prompt_details.cache_read", Field::tokens_cache_read},
    {"llm.token_count.prompt_details.cache_input", Field::tokens_cache_read},
    {"llm.token_count.prompt_details.cache_write", Field::tokens_cache_write},
    {"llm.token_count.completion_details.reasoning", Field::tokens_reasoning},
    {"llm.cost.total", Field::cost_usd},

    {"tool.name", Field::tool_name},
    {"tool.id", Field::tool_call_id},
    {"tool.description", Field::unused},
    {"tool.json_schema", Field::unused},
    {"tool.parameters", Field::unused},
    {"reranker.query", Field::query},

    {"llm.prompt_template.version", Field::prompt_version},
    {"prompt.id", Field::prompt_name},
    {"llm.prompt_template.template", Field::unused},
    {"llm.prompt_template.variables", Field::unused},
    {"prompt.url", Field::unused},
    {"prompt.vendor", Field::slice},
    {"reranker.top_k", Field::parameter, "top_k"},
    {"agent.name", Field::agent},
    {"graph.node.name", Field::slice},
    {"graph.node.id", Field::unused},
    {"graph.node.parent_id", Field::unused},
    {"input.mime_type", Field::unused},
    {"output.mime_type", Field::unused},
    {"metadata", Field::metadata},
    {"tag.tags", Field::tags},
};

constexpr Row last_resort[] = {
    {"llm.prompts", Field::input_words},
    {"llm.function_call", Field::output_calls},
    {"input.value", Field::input_words},
    {"output.value", Field::output_words},
};

constexpr KindWord kinds[] = {
    {"LLM", StepKind::model_call},      {"EMBEDDING", StepKind::embedding},
    {"CHAIN", StepKind::workflow},      {"RETRIEVER", StepKind::retrieval},
    {"RERANKER", StepKind::rerank},     {"TOOL", StepKind::tool_call},
    {"AGENT", StepKind::agent},         {"GUARDRAIL", StepKind::guardrail},
    {"EVALUATOR", StepKind::evaluator}, {"PROMPT", StepKind::other},
};

constexpr std::string_view content_prefixes[] = {
    "llm.input_messages.",
    "llm.output_messages.",
    "llm.tools.",
    "llm.prompts.",
    "llm.choices.",
    "retrieval.documents.",
    "reranker.input_documents.",
    "reranker.output_documents.",
    "embedding.embeddings.",
    "llm.token_count.prompt_details.",  // Audio and the like: parts of what is counted.
    "llm.token_count.completion_details.",
    "llm.cost.",  // Parts of llm.cost.total.
    "annotations.",
    "evaluations.",
    "session.annotations.",
    "trace.annotations.",
};

constexpr std::string_view events[] = {"First Token Stream Event"};

MessagesRead as_read(std::vector<Message> messages) {
    MessagesRead read;
    read.status = messages.empty() ? ContentStatus::absent : ContentStatus::full;
    read.messages = std::move(messages);
    return read;
}

/// llm.prompts.N.prompt.text: each one message.
std::vector<Message> texts(const wire::SpanView& span, std::string_view prefix,
                           std::string_view rest, Role role) {
    std::vector<Message> messages;
    for (const Numbered& each : numbered_under(span.attributes, prefix)) {
        if (each.rest != rest) continue;
        Message message;
        message.role = role;
        message.parts.emplace_back().text = plain_text(*each.value);
        messages.push_back(std::move(message));
    }
    return messages;
}

void read_messages_of(const wire::SpanView& span, Draft& draft) {
    const auto side = [&](std::string_view prefix, std::string_view key, Field field, Role role) {
        const auto found = numbered_under(span.attributes, prefix);
        if (found.empty()) return;
        if (span.dropped_attributes != 0 && has_gaps(found)) draft.mark_truncated(key);
        draft.offer_messages(field, as_read(numbered_messages(found, role)), key, openinference);
    };
    side("llm.input_messages.", "llm.input_messages", Field::input, Role::user);
    side("llm.output_messages.", "llm.output_messages", Field::output, Role::assistant);
    draft.offer_messages(Field::input,
                         as_read(texts(span, "llm.prompts.", "prompt.text", Role::user)),
                         "llm.prompts", openinference);
    draft.offer_messages(Field::output,
                         as_read(texts(span, "llm.choices.", "completion.text", Role::assistant)),
                         "llm.choices", openinference);
}

void read_lists(const wire::SpanView& span, Draft& draft) {
    std::vector<ToolDefinition> tools;
    for (const Numbered& each : numbered_under(span.attributes, "llm.tools.")) {
        std::string storage;
        if (each.rest != "tool.json_schema" && each.rest != "json_schema") continue;
        for (ToolDefinition& tool : read_tools(json_text(*each.value, storage))) {
            tools.push_back(std::move(tool));
        }
    }
    draft.offer_tools(std::move(tools), "llm.tools", openinference);
    for (const std::string_view key : {"retrieval.documents", "reranker.output_documents"}) {
        const std::string prefix = std::string(key) + ".";
        draft.offer_documents(numbered_documents(numbered_under(span.attributes, prefix)), key,
                              openinference);
    }
}

/// tool.parameters: what the tool was called with, or the schema of it. A schema has properties.
void read_tool(const wire::SpanView& span, Draft& draft) {
    const wire::AnyValue* parameters = span.attributes.find("tool.parameters");
    if (!parameters || draft.kind() != StepKind::tool_call) return;
    std::string storage;
    const std::string_view text = json_text(*parameters, storage);
    const auto document = json::Document::parse(text);
    if (!document || document->root().find("properties")) return;
    if (span.attributes.find("input.value")) return;  // The arguments as the tool got them.
    draft.offer_text(Field::tool_arguments, std::string(text), "tool.parameters", openinference);
}

void read(const wire::SpanView& span, Draft& draft) {
    bool ours = false;
    for (const wire::Attribute& attribute : span.attributes.list()) {
        ours |= attribute.key.starts_with("llm.") || attribute.key.starts_with("tool.") ||
                attribute.key.starts_with("retrieval.") || attribute.key.starts_with("reranker.");
    }
    if (ours) {
        read_messages_of(span, draft);
        read_lists(span, draft);
        read_tool(span, draft);
    }
    for (const wire::EventView& event : span.events) {
        if (event.name == "First Token Stream Event") {
            draft.offer_first_token(event.time, "First Token Stream Event", openinference);
        }
    }
}

}  // namespace

const Convention openinference{
    .name = "openinference",
    .says = "OpenInference, as Phoenix and its instrumentations send it.",
    .table = table,
    .last_resort = last_resort,
    .kinds = kinds,
    .kind_rank = 1,
    .content_prefixes = content_prefixes,
    .events = events,
    .read = read,
};

}  // namespace plimsoll::interaction
