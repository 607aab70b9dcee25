/// OpenTelemetry GenAI as it is since 1.37: messages with parts, as JSON or as structured values,
/// on the span or on its event `gen_ai.client.inference.operation.details`. Token counts of a cache
/// have been renamed more often than anything else; all their names stand here.
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"gen_ai.operation.name", Field::kind},
    {"gen_ai.operation.name", Field::operation},
    {"gen_ai.provider.name", Field::provider},
    {"gen_ai.request.model", Field::model_requested},
    {"gen_ai.response.model", Field::model_answered},
    {"gen_ai.response.id", Field::response_id},
    {"gen_ai.response.finish_reasons", Field::finish_reasons},
    {"gen_ai.response.finish_reason", Field::finish_reasons},
    {"gen_ai.output.type", Field::output_type},

    {"gen_ai.system_instructions", Field::system},
    {"gen_ai.input.messages", Field::input},
    {"gen_ai.output.messages", Field::output},
    {"gen_ai.tool.definitions", Field::tools},

    {"gen_ai.tool.name", Field::tool_name},
    {"gen_ai.tool.call.id", Field::tool_call_id},
    {"gen_ai.tool.call.arguments", Field::tool_arguments},
    {"gen_ai.tool.call.result", Field::tool_result},
    {"gen_ai.tool.description", Field::unused},

    {"gen_ai.retrieval.documents", Field::documents},
    {"gen_ai.retrieval.query.text", Field::query},

    {"gen_ai.usage.input_tokens", Field::tokens_input},
    {"gen_ai.usage.output_tokens", Field::tokens_output},
    {"gen_ai.usage.total_tokens", Field::unused},
    {"gen_ai.usage.cache_read.input_tokens", Field::tokens_cache_read},
    {"gen_ai.usage.cache_read_input_tokens", Field::tokens_cache_read},
    {"gen_ai.usage.cache_read_tokens", Field::tokens_cache_read},
    {"gen_ai.usage.details.cache_read_tokens", Field::tokens_cache_read},
    {"gen_ai.usage.details.cache_read_input_tokens", Field::tokens_cache_read},
    {"gen_ai.usage.prompt_details.cache_read", Field::tokens_cache_read},
    {"gen_ai.usage.prompt_tokens_details.cached_tokens", Field::tokens_cache_read},
    {"gen_ai.usage.input_cached_tokens", Field::tokens_cache_read},
    {"gen_ai.usage.cached_input_tokens", Field::tokens_cache_read},
    {"gen_ai.usage.input_tokens.cached", Field::tokens_cache_read},
    {"gen_ai.usage.cache_write.input_tokens", Field::tokens_cache_write},
    {"gen_ai.usage.cache_creation.input_tokens", Field::tokens_cache_write},
    {"gen_ai.usage.cache_creation_input_tokens", Field::tokens_cache_write},
    {"gen_ai.usage.cache_write_input_tokens", Field::tokens_cache_write},
    {"gen_ai.usage.cache_write_tokens", Field::tokens_cache_write},
    {"gen_ai.usage.details.cache_write_tokens", Field::tokens_cache_write},
    {"gen_ai.usage.prompt_details.cache_write", Field::tokens_cache_write},
    {"gen_ai.usage.input_cache_creation", Field::tokens_cache_write},
    {"gen_ai.usage.input_tokens.cache_write", Field::tokens_cache_write},
    {"gen_ai.usage.reasoning.output_tokens", Field::tokens_reasoning},
    {"gen_ai.usage.reasoning_tokens", Field::tokens_reasoning},
    {"gen_ai.usage.output_tokens.reasoning", Field::tokens_reasoning},
    {"gen_ai.usage.completion_details.reasoning", Field::tokens_reasoning},
    {"gen_ai.usage.details.reasoning_tokens", Field::tokens_reasoning},

    {"gen_ai.response.time_to_first_chunk", Field::first_token_s},
    {"gen_ai.client.operation.time_to_first_chunk", Field::first_token_s},

    {"gen_ai.conversation.id", Field::session},
    {"gen_ai.agent.name", Field::agent},
    {"gen_ai.agent.id", Field::agent},
    {"gen_ai.agent.description", Field::unused},
    {"gen_ai.agent.version", Field::slice},
    {"gen_ai.workflow.name", Field::slice},
    {"gen_ai.data_source.id", Field::slice},
    {"gen_ai.tool.type", Field::slice},
    {"gen_ai.embeddings.dimension.count", Field::unused},
    {"gen_ai.input.messages_ref", Field::unused},  // Kept elsewhere, out of our reach.
    {"gen_ai.output.messages_ref", Field::unused},
    {"gen_ai.system_instructions_ref", Field::unused},
    {"gen_ai.tool.definitions_ref", Field::unused},
    {"gen_ai.prompt.name", Field::prompt_name},
    {"gen_ai.prompt.version", Field::prompt_version},
    {"gen_ai.data_source.id", Field::data_source},
    {"aws.bedrock.knowledge_base.id", Field::data_source},

    {"gen_ai.request.temperature", Field::parameter, "temperature"},
    {"gen_ai.request.top_p", Field::parameter, "top_p"},
    {"gen_ai.request.top_k", Field::parameter, "top_k"},
    {"gen_ai.request.max_tokens", Field::parameter, "max_tokens"},
    {"gen_ai.request.frequency_penalty", Field::parameter, "frequency_penalty"},
    {"gen_ai.request.presence_penalty", Field::parameter, "presence_penalty"},
    {"gen_ai.request.stop_sequences", Field::parameter, "stop_sequences"},
    {"gen_ai.request.seed", Field::parameter, "seed"},
    {"gen_ai.request.choice.count", Field::parameter, "choice_count"},
    {"gen_ai.request.stream", Field::parameter, "stream"},
    {"gen_ai.request.reasoning.level", Field::parameter, "reasoning_effort"},
    {"gen_ai.request.encoding_formats", Field::parameter, "encoding_formats"},
    {"gen_ai.openai.request.service_tier", Field::parameter, "service_tier"},
    {"openai.request.service_tier", Field::parameter, "service_tier"},
    {"openai.response.service_tier", Field::slice},
    {"openai.response.system_fingerprint", Field::slice},
    {"openai.api.type", Field::slice},
    {"gen_ai.openai.response.service_tier", Field::slice},
    {"gen_ai.openai.response.system_fingerprint", Field::slice},
};

constexpr KindWord kinds[] = {
    {"chat", StepKind::model_call},
    {"chat.completions", StepKind::model_call},  // Semantic Kernel
    {"completion", StepKind::model_call},
    {"text_completion", StepKind::model_call},
    {"generate_content", StepKind::model_call},
    {"generate", StepKind::model_call},
    {"embeddings", StepKind::embedding},
    {"embedding", StepKind::embedding},
    {"retrieval", StepKind::retrieval},
    {"rerank", StepKind::rerank},
    {"execute_tool", StepKind::tool_call},
    {"invoke_agent", StepKind::agent},
    {"create_agent", StepKind::agent},
    {"invoke_workflow", StepKind::workflow},
    {"agent_step", StepKind::workflow},
    {"execute_event_loop_cycle", StepKind::workflow},
    {"invoke_swarm", StepKind::workflow},
    {"invoke_graph", StepKind::workflow},
    {"framework", StepKind::workflow},
};

constexpr std::string_view content_prefixes[] = {"gen_ai.prompt.variable."};

constexpr std::string_view events[] = {"gen_ai.client.inference.operation.details"};

void read(const wire::SpanView& span, Draft& draft) {
    for (const wire::EventView& event : span.events) {
        if (event.name == "gen_ai.client.inference.operation.details") {
            draft.offer_all(event.attributes, otel_genai);
        }
    }
}

}  // namespace

const Convention otel_genai{
    .name = "otel_genai",
    .says = "OpenTelemetry GenAI semantic conventions, 1.37 and later.",
    .table = table,
    .kinds = kinds,
    .kind_rank = 2,
    .content_prefixes = content_prefixes,
    .events = events,
    .read = read,
};

}  // namespace plimsoll::interaction
