/// LiteLLM, its callback and its second generation (LITELLM_OTEL_V2). Messages come numbered
/// (otel_genai_old.cc) or as OpenAI's own JSON under OpenTelemetry's names (otel_genai.cc). From
/// the project's published source.
#include "interaction/conventions/conventions.h"
#include "interaction/conventions/numbered.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"litellm.provider.model", Field::model_answered},
    {"litellm.cost.total", Field::cost_usd},
    {"gen_ai.cost.total_cost", Field::cost_usd},
    {"litellm.end_user.id", Field::user},
    {"litellm.call_type", Field::slice},
    {"litellm.call_id", Field::unused},
    {"hidden_params", Field::unused},
    {"gen_ai.tool.calls", Field::output_calls},
};

/// Parts of a cost, and raw_gen_ai_request's copies of the provider's own parameters.
constexpr std::string_view content_prefixes[] = {
    "litellm.cost.",  "gen_ai.cost.",   "gen_ai.tool.0.", "gen_ai.tool.1.", "gen_ai.tool.2.",
    "gen_ai.tool.3.", "gen_ai.tool.4.", "gen_ai.tool.5.", "gen_ai.tool.6.", "gen_ai.tool.7.",
    "gen_ai.tool.8.", "gen_ai.tool.9.", "llm.openai.",    "llm.anthropic.", "llm.azure.",
    "llm.bedrock.",   "llm.vertex_ai.", "llm.gemini."};

constexpr std::string_view slice_prefixes[] = {"litellm.team.", "litellm.metadata.", "litellm.key.",
                                               "metadata."};

void read(const wire::SpanView& span, Draft& draft) {
    std::vector<ToolDefinition> tools;
    each_number(numbered_under(span.attributes, "gen_ai.tool."),
                [&tools](std::span<const Numbered> one) {
                    ToolDefinition& tool = tools.emplace_back();
                    for (const Numbered& each : one) {
                        std::string storage;
                        if (each.rest == "name") tool.name = plain_text(*each.value);
                        if (each.rest == "description") tool.description = plain_text(*each.value);
                        if (each.rest == "parameters")
                            tool.parameters_json = json_text(*each.value, storage);
                    }
                });
    draft.offer_tools(std::move(tools), "gen_ai.tool", litellm);
}

}  // namespace

const Convention litellm{
    .name = "litellm",
    .says = "LiteLLM, as a library and as a proxy.",
    .table = table,
    .content_prefixes = content_prefixes,
    .slice_prefixes = slice_prefixes,
    .read = read,
};

}  // namespace plimsoll::interaction
