/// Semantic Kernel and the Microsoft Agent Framework. Content comes as OpenTelemetry's events whose
/// body is JSON in gen_ai.event.content (.NET; otel_genai_old.cc), as log records (Python), or
/// structured. Little is left to say.
#include "interaction/conventions/conventions.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"sk.available_functions", Field::tool_names},
    {"sk.function_name", Field::slice},
    {"gen_ai.agent.invocation_input", Field::input},
    {"gen_ai.agent.invocation_output", Field::output},
    {"gen_ai.openai.api_version", Field::slice},
    {"agent_framework.function.invocation.duration", Field::unused},
};

constexpr std::string_view slice_prefixes[] = {"workflow.", "executor.", "edge_group."};

constexpr std::string_view events[] = {"gen_ai.tool.developer"};

}  // namespace

const Convention semantic_kernel{
    .name = "semantic_kernel",
    .says = "Semantic Kernel and the Microsoft Agent Framework.",
    .table = table,
    .slice_prefixes = slice_prefixes,
    .events = events,
};

}  // namespace plimsoll::interaction
