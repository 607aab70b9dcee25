/// Google's Agent Development Kit (scope `gcp.vertex.agent`): Gemini's request and reply as JSON.
/// "{}" there means that content is not sent.
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"gcp.vertex.agent.llm_request", Field::request},
    {"gcp.vertex.agent.llm_response", Field::reply},
    {"gcp.vertex.agent.tool_call_args", Field::tool_arguments},
    {"gcp.vertex.agent.tool_response", Field::tool_result},
    {"gcp.vertex.agent.session_id", Field::session},
    {"gcp.vertex.agent.invocation_id", Field::unused},
    {"gcp.vertex.agent.event_id", Field::unused},
    {"gcp.vertex.agent.data", Field::unused},
    {"gcp.vertex.agent.associated_event_ids", Field::unused},
    {"gen_ai.usage.experimental.reasoning_tokens_limit", Field::unused},
    {"gen_ai.usage.experimental.reasoning_tokens", Field::tokens_reasoning},
};

/// A span that only says which tools ran at once.
void read(const wire::SpanView& span, Draft& draft) {
    const wire::AnyValue* name = span.attributes.find("gen_ai.tool.name");
    if (name && name->text == "(merged tools)") {
        draft.set_kind(StepKind::workflow, "gen_ai.tool.name", google_adk);
    }
}

}  // namespace

const Convention google_adk{
    .name = "google_adk",
    .says = "Google's Agent Development Kit.",
    .table = table,
    .read = read,
};

}  // namespace plimsoll::interaction
