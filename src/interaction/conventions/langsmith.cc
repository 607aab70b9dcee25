/// LangSmith's exporter, from its published attribute list. Content stands in gen_ai.prompt and
/// gen_ai.completion, un-numbered (otel_genai_old.cc); kinds and context are its own. Its
/// operation names are wrong for retrievers ("embeddings") and prompts ("chat"), so its kinds win.
/// langsmith.trace.session_id is the project, not a conversation.
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"langsmith.span.kind", Field::kind},
    {"langsmith.usage_metadata", Field::usage},
    {"langsmith.metadata.usage_metadata", Field::usage},
    {"langsmith.metadata.thread_id", Field::session},
    {"langsmith.metadata.session_id", Field::session},
    {"langsmith.metadata.conversation_id", Field::session},
    {"langsmith.metadata.user_id", Field::user},
    {"langsmith.metadata.ls_provider", Field::provider},
    {"langsmith.metadata.ls_model_name", Field::model_requested},
    {"langsmith.metadata.ls_temperature", Field::parameter, "temperature"},
    {"langsmith.metadata.ls_max_tokens", Field::parameter, "max_tokens"},
    {"langsmith.metadata.ls_stop", Field::parameter, "stop_sequences"},
    {"langsmith.request.streaming", Field::parameter, "stream"},
    {"langsmith.span.tags", Field::tags},
    {"langsmith.trace.name", Field::slice},
    {"langsmith.trace.session_name", Field::slice},
    {"langsmith.trace.session_id", Field::unused},
    {"langsmith.trace.id", Field::unused},
    {"langsmith.traceable", Field::unused},
    {"langsmith.span.id", Field::unused},
    {"langsmith.span.parent_id", Field::unused},
    {"langsmith.span.dotted_order", Field::unused},
    {"langsmith.request.headers", Field::unused},
    {"langsmith.metadata.ls_run_depth", Field::unused},
    {"langsmith.metadata.ls_invocation_params", Field::parameters},
    {"gen_ai.serialized.name", Field::unused},
    {"gen_ai.serialized.signature", Field::unused},
    {"gen_ai.serialized.doc", Field::unused},
    {"gen_ai.usage.input_token_details", Field::unused},  // str() of a dict, not JSON.
    {"gen_ai.usage.output_token_details", Field::unused},
    {"gen_ai.request.extra_query", Field::unused},
    {"gen_ai.request.extra_body", Field::unused},
    {"gen_ai.response.service_tier", Field::slice},
    {"gen_ai.response.system_fingerprint", Field::slice},
};

constexpr KindWord kinds[] = {
    {"llm", StepKind::model_call},      {"chain", StepKind::workflow},
    {"tool", StepKind::tool_call},      {"retriever", StepKind::retrieval},
    {"embedding", StepKind::embedding}, {"prompt", StepKind::other},
    {"parser", StepKind::other},
};

constexpr std::string_view slice_prefixes[] = {"langsmith.metadata."};

void read(const wire::SpanView& span, Draft& draft) {
    if (draft.kind() == StepKind::tool_call && span.attributes.find("langsmith.span.kind"))
        draft.offer_span_name(langsmith);
}

}  // namespace

const Convention langsmith{
    .name = "langsmith",
    .says = "LangSmith's exporter.",
    .table = table,
    .kinds = kinds,
    .kind_rank = 1,
    .slice_prefixes = slice_prefixes,
    .read = read,
};

}  // namespace plimsoll::interaction
