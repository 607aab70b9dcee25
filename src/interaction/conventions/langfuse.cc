/// Langfuse's own SDKs (scope `langfuse-sdk`), from the published attribute list. What it writes is
/// the last word of who instrumented, so it comes first; `span` and `event` as type say nothing.
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"langfuse.observation.type", Field::kind},
    {"langfuse.observation.input", Field::input_words},
    {"langfuse.observation.output", Field::output_words},
    {"langfuse.observation.model.name", Field::model_answered},
    {"langfuse.observation.model.parameters", Field::parameters},
    {"langfuse.observation.usage_details", Field::usage},
    {"langfuse.observation.cost_details", Field::cost},
    {"langfuse.observation.prompt.name", Field::prompt_name},
    {"langfuse.observation.prompt.version", Field::prompt_version},
    {"langfuse.observation.metadata", Field::metadata},
    {"langfuse.trace.metadata", Field::metadata},
    {"langfuse.trace.tags", Field::tags},
    {"langfuse.trace.name", Field::slice},
    {"langfuse.environment", Field::slice},
    {"langfuse.release", Field::slice},
    {"langfuse.version", Field::slice},
    {"langfuse.user.id", Field::user},
    {"langfuse.session.id", Field::session},
    {"langfuse.observation.completion_start_time", Field::unused},  // See read().
    {"langfuse.observation.level", Field::unused},
    {"langfuse.observation.status_message", Field::unused},
    {"langfuse.trace.public", Field::unused},
    {"langfuse.internal.as_root", Field::unused},
    {"langfuse.internal.is_app_root", Field::unused},
};

/// Said of the whole trace, on any of its spans.
constexpr Row last_resort[] = {
    {"langfuse.trace.input", Field::input_words},
    {"langfuse.trace.output", Field::output_words},
};

constexpr KindWord kinds[] = {
    {"generation", StepKind::model_call}, {"embedding", StepKind::embedding},
    {"tool", StepKind::tool_call},        {"retriever", StepKind::retrieval},
    {"agent", StepKind::agent},           {"chain", StepKind::workflow},
    {"guardrail", StepKind::guardrail},   {"evaluator", StepKind::evaluator},
};

constexpr std::string_view slice_prefixes[] = {"langfuse.observation.metadata.",
                                               "langfuse.trace.metadata.", "langfuse.experiment."};

std::string text_at(const wire::SpanView& span, std::string_view key) {
    const wire::AnyValue* found = span.attributes.find(key);
    return found ? std::string(unquoted(plain_text(*found))) : "";
}

void read(const wire::SpanView& span, Draft& draft) {
    const std::string began = text_at(span, "langfuse.observation.completion_start_time");
    if (const auto time = began.empty() ? std::nullopt : from_iso8601(began)) {
        draft.offer_first_token(*time, "langfuse.observation.completion_start_time", langfuse);
    }
    if (text_at(span, "langfuse.observation.type") == "tool") draft.offer_span_name(langfuse);
    if (text_at(span, "langfuse.observation.level") == "ERROR") {
        draft.mark_failed("", text_at(span, "langfuse.observation.status_message"));
    }
}

}  // namespace

const Convention langfuse{
    .name = "langfuse",
    .says = "Langfuse's SDKs.",
    .table = table,
    .last_resort = last_resort,
    .kinds = kinds,
    .kind_rank = 0,
    .slice_prefixes = slice_prefixes,
    .read = read,
};

}  // namespace plimsoll::interaction
