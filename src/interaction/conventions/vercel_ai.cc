/// Vercel AI SDK, versions 3 to 6 (scope `ai`), and what version 7 keeps beside OpenTelemetry's own
/// names. A call gives two spans: ai.generateText, which adds up what its calls did, and
/// ai.generateText.doGenerate, the call of the model.
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"ai.operationId", Field::kind},
    {"ai.operationId", Field::operation},
    {"ai.model.provider", Field::provider},
    {"ai.model.id", Field::model_requested},
    {"ai.response.model", Field::model_answered},
    {"ai.response.id", Field::response_id},
    {"ai.response.finishReason", Field::finish_reasons},
    {"ai.result.finishReason", Field::finish_reasons},  // Version 3
    {"ai.finishReason", Field::finish_reasons},
    {"ai.prompt.messages", Field::input},
    {"ai.prompt", Field::input},
    {"ai.prompt.tools", Field::tools},
    {"ai.toolCall.name", Field::tool_name},
    {"ai.toolCall.id", Field::tool_call_id},
    {"ai.toolCall.args", Field::tool_arguments},
    {"ai.toolCall.result", Field::unused},
    {"ai.settings.output", Field::output_type},
    {"ai.usage.inputTokens", Field::tokens_input},
    {"ai.usage.promptTokens", Field::tokens_input},
    {"ai.usage.tokens", Field::tokens_input},
    {"ai.usage.outputTokens", Field::tokens_output},
    {"ai.usage.completionTokens", Field::tokens_output},
    {"ai.usage.inputTokenDetails.cacheReadTokens", Field::tokens_cache_read},
    {"ai.usage.cachedInputTokens", Field::tokens_cache_read},
    {"ai.usage.inputTokenDetails.cacheWriteTokens", Field::tokens_cache_write},
    {"ai.usage.outputTokenDetails.reasoningTokens", Field::tokens_reasoning},
    {"ai.usage.reasoningTokens", Field::tokens_reasoning},
    {"ai.response.msToFirstChunk", Field::first_token_ms},
    {"ai.stream.msToFirstChunk", Field::first_token_ms},
    {"ai.telemetry.metadata.sessionId", Field::session},
    {"ai.telemetry.metadata.userId", Field::user},
    {"ai.telemetry.metadata.tags", Field::tags},
    {"ai.telemetry.metadata.langfusePrompt", Field::prompt},
    {"ai.telemetry.functionId", Field::agent},
    {"ai.settings.temperature", Field::parameter, "temperature"},
    {"ai.settings.topP", Field::parameter, "top_p"},
    {"ai.settings.topK", Field::parameter, "top_k"},
    {"ai.settings.maxOutputTokens", Field::parameter, "max_tokens"},
    {"ai.settings.maxTokens", Field::parameter, "max_tokens"},
    {"ai.settings.frequencyPenalty", Field::parameter, "frequency_penalty"},
    {"ai.settings.presencePenalty", Field::parameter, "presence_penalty"},
    {"ai.settings.stopSequences", Field::parameter, "stop_sequences"},
    {"ai.settings.seed", Field::parameter, "seed"},
    {"ai.settings.maxRetries", Field::parameter, "max_retries"},
    {"ai.settings.mode", Field::unused},
    {"ai.settings.maxSteps", Field::unused},
    {"ai.prompt.toolChoice", Field::parameter, "tool_choice"},
    {"ai.prompt.format", Field::unused},
    {"ai.usage.totalTokens", Field::unused},
    {"ai.response.text", Field::unused},  // read_answer() puts these together.
    {"ai.response.object", Field::unused},
    {"ai.response.reasoning", Field::unused},
    {"ai.response.toolCalls", Field::unused},
    {"ai.result.text", Field::unused},
    {"ai.result.object", Field::unused},
    {"ai.result.toolCalls", Field::unused},
    {"ai.response.files", Field::unused},
    {"ai.response.timestamp", Field::unused},
    {"ai.response.providerMetadata", Field::unused},
    {"ai.response.msToFinish", Field::unused},
    {"ai.response.avgOutputTokensPerSecond", Field::unused},
    {"ai.response.avgCompletionTokensPerSecond", Field::unused},
    {"operation.name", Field::unused},
    {"resource.name", Field::unused},
    {"ai.schema", Field::unused},
    {"ai.schema.name", Field::slice},
    {"ai.schema.description", Field::unused},
    {"ai.value", Field::unused},
    {"ai.values", Field::unused},
    {"ai.embedding", Field::unused},
    {"ai.embeddings", Field::unused},
    {"gen_ai.execute_tool.duration", Field::unused},  // Version 7
};

constexpr KindWord kinds[] = {
    {"ai.generateText", StepKind::workflow},
    {"ai.streamText", StepKind::workflow},
    {"ai.generateObject", StepKind::workflow},
    {"ai.streamObject", StepKind::workflow},
    {"ai.embed", StepKind::workflow},
    {"ai.embedMany", StepKind::workflow},
    {"ai.rerank", StepKind::workflow},
    {"ai.generateText.doGenerate", StepKind::model_call},
    {"ai.streamText.doStream", StepKind::model_call},
    {"ai.generateObject.doGenerate", StepKind::model_call},
    {"ai.streamObject.doStream", StepKind::model_call},
    {"ai.embed.doEmbed", StepKind::embedding},
    {"ai.embedMany.doEmbed", StepKind::embedding},
    {"ai.rerank.doRerank", StepKind::rerank},
    {"ai.toolCall", StepKind::tool_call},
};

/// Headers may hold secrets; the details of usage are parts of what is counted.
constexpr std::string_view content_prefixes[] = {"ai.request.headers.", "ai.usage."};

constexpr std::string_view slice_prefixes[] = {"ai.telemetry.metadata.", "ai.settings.context."};

constexpr std::string_view events[] = {"ai.stream.firstChunk", "ai.stream.finish"};

const wire::AnyValue* string_at(const wire::SpanView& span, std::string_view key,
                                std::string_view older) {
    const wire::AnyValue* found = span.attributes.find(key);
    if (!found) found = span.attributes.find(older);
    return found && found->kind == wire::AnyValue::Kind::string && !found->text.empty() ? found
                                                                                        : nullptr;
}

/// The answer stands in up to four attributes.
void read_answer(const wire::SpanView& span, Draft& draft) {
    MessagesRead read;
    Message message;
    message.role = Role::assistant;
    if (const auto* reasoning = string_at(span, "ai.response.reasoning", "ai.result.reasoning")) {
        Part& part = message.parts.emplace_back();
        part.kind = PartKind::reasoning;
        part.text = reasoning->text;
    }
    if (const auto* text = string_at(span, "ai.response.text", "ai.result.text")) {
        message.parts.emplace_back().text = text->text;
    } else if (const auto* object = string_at(span, "ai.response.object", "ai.result.object")) {
        message.parts.emplace_back().text = object->text;
    }
    read.status = ContentStatus::full;
    if (const auto* calls = string_at(span, "ai.response.toolCalls", "ai.result.toolCalls")) {
        MessagesRead asked = read_messages(calls->text, Role::assistant);
        read.status = asked.status;
        for (Message& each : asked.messages) {
            for (Part& part : each.parts) message.parts.push_back(std::move(part));
        }
    }
    if (message.parts.empty()) return;
    read.messages.push_back(std::move(message));
    draft.offer_messages(Field::output, std::move(read), "ai.response", vercel_ai);
}

void read(const wire::SpanView& span, Draft& draft) {
    if (!span.attributes.find("ai.operationId")) return;
    read_answer(span, draft);
    // Version 5 hands on what Anthropic counts; later ones add the cache and tell of the details.
    const wire::AnyValue* provider = span.attributes.find("ai.model.provider");
    if (provider && provider->text.starts_with("anthropic") &&
        !span.attributes.find("ai.usage.inputTokenDetails.cacheReadTokens") &&
        !span.attributes.find("ai.usage.inputTokenDetails.noCacheTokens")) {
        draft.mark_cache_apart();
    }
    if (const wire::AnyValue* result = span.attributes.find("ai.toolCall.result")) {
        // A result that is words has been quoted.
        std::string text = plain_text(*result);
        if (text.starts_with('"')) {
            if (const auto document = json::Document::parse(text)) {
                text = plain_or_json(document->root());
            }
        }
        draft.offer_text(Field::tool_result, std::move(text), "ai.toolCall.result", vercel_ai);
    }
    for (const wire::EventView& event : span.events) {
        if (event.name == "ai.stream.firstChunk") {
            draft.offer_first_token(event.time, "ai.stream.firstChunk", vercel_ai);
        }
    }
}

}  // namespace

const Convention vercel_ai{
    .name = "vercel_ai",
    .says = "Vercel AI SDK 3 to 7.",
    .table = table,
    .kinds = kinds,
    .kind_rank = 3,
    .content_prefixes = content_prefixes,
    .slice_prefixes = slice_prefixes,
    .events = events,
    .read = read,
};

}  // namespace plimsoll::interaction
