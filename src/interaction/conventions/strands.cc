/// Strands Agents, and what the collector of Bedrock AgentCore lifts out of other frameworks. Its
/// messages are OpenTelemetry's events with Bedrock's blocks in them (otel_genai_old.cc), or the
/// structured event (otel_genai.cc). From the project's published tests.
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"system_prompt", Field::system},
    {"gen_ai.agent.tools", Field::tool_names},
    {"gen_ai.tool.status", Field::slice},
    {"gen_ai.tool.json_schema", Field::unused},
    {"gen_ai.event.start_time", Field::unused},
    {"gen_ai.event.end_time", Field::unused},
    {"gen_ai.server.request.duration", Field::unused},
    {"event_loop.cycle_id", Field::unused},
    {"event_loop.parent_cycle_id", Field::unused},
    {"agentcore.session.id", Field::session},
    {"gen_ai.system", Field::unused},  // So that read() sees whose span it is.
    {"gen_ai.provider.name", Field::unused},
};

constexpr Row last_resort[] = {
    {"tool.result", Field::tool_result},
    {"gen_ai.agent.human_input", Field::input_words},
    {"gen_ai.agent.actual_output", Field::output_words},
    {"crewai.crew.result", Field::output_words},
    {"crewai.crew.tasks_output", Field::output_words},
};

void read(const wire::SpanView& span, Draft& draft) {
    const auto text = [&span](std::string_view key) {
        const wire::AnyValue* found = span.attributes.find(key);
        return found ? plain_text(*found) : std::string();
    };
    const bool ours = text("gen_ai.system") == "strands-agents" ||
                      text("gen_ai.provider.name") == "strands-agents";
    const std::string model = text("gen_ai.request.model");
    if (ours && (model.find("claude") != model.npos || model.find("nova") != model.npos)) {
        draft.mark_cache_apart();  // Bedrock's and Anthropic's counts, as they are.
    }
    if (const wire::AnyValue* wait = span.attributes.find("gen_ai.server.time_to_first_token");
        wait && ours) {
        // Milliseconds here; seconds where anybody else writes it (openlit.cc).
        draft.offer({"gen_ai.server.time_to_first_token", Field::first_token_ms}, *wait, strands);
    }
    if (draft.kind() == StepKind::tool_call && text("gen_ai.tool.status") == "error") {
        draft.mark_failed("", "");
    }
}

}  // namespace

const Convention strands{
    .name = "strands",
    .says = "Strands Agents and Bedrock AgentCore.",
    .table = table,
    .last_resort = last_resort,
    .read = read,
};

}  // namespace plimsoll::interaction
