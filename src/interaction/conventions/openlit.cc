/// OpenLIT: OpenTelemetry's names, old and new, and some of its own. From the project's published
/// list of attributes.
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"gen_ai.response.tool_calls", Field::output_calls},
    {"gen_ai.tool.input", Field::tool_arguments},
    {"gen_ai.tool.args", Field::tool_arguments},
    {"gen_ai.tool.output", Field::tool_result},
    {"gen_ai.server.time_to_first_token", Field::first_token_s},  // Strands': strands.cc.
    {"gen_ai.request.is_stream", Field::parameter, "stream"},
    {"gen_ai.request.tool_choice", Field::parameter, "tool_choice"},
    {"gen_ai.request.user", Field::user},
    {"gen_ai.request.embedding_dimension", Field::unused},
    {"gen_ai.server.time_per_output_token", Field::unused},
    {"gen_ai.client.operation.duration", Field::unused},
    {"gen_ai.usage.completion_tokens_details.audio", Field::unused},
    {"gen_ai.usage.prompt_tokens_details.cached", Field::tokens_cache_read},
    {"gen_ai.usage.completion_tokens_details.reasoning", Field::tokens_reasoning},
    {"gen_ai.application_name", Field::slice},
    {"gen_ai.environment", Field::slice},
    {"gen_ai.endpoint", Field::slice},
    {"gen_ai.sdk.version", Field::slice},
    {"gen_ai.prompt.id", Field::prompt_name},
    {"gen_ai.hub.owner", Field::unused},
    {"gen_ai.hub.repo", Field::unused},
};

constexpr Row last_resort[] = {
    {"gen_ai.content.prompt", Field::input_words},
    {"gen_ai.content.completion", Field::output_words},
    {"gen_ai.content.reasoning", Field::unused},
};

/// Its own verdicts are no evaluator's of ours, and none of the conversation.
constexpr std::string_view content_prefixes[] = {"gen_ai.eval.", "gen_ai.content."};

}  // namespace

const Convention openlit{
    .name = "openlit",
    .says = "OpenLIT.",
    .table = table,
    .last_resort = last_resort,
    .content_prefixes = content_prefixes,
};

}  // namespace plimsoll::interaction
