/// MLflow. Every value is JSON once more, strings too ("\"CHAT_MODEL\""); a Draft takes those
/// quotes off. From the published attribute list (mlflow/tracing/constant.py).
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"mlflow.spanType", Field::kind},
    {"mlflow.chat.tools", Field::tools},
    {"mlflow.chat.tokenUsage", Field::usage},
    {"mlflow.llm.cost", Field::cost},
    {"mlflow.llm.model", Field::model_answered},
    {"mlflow.llm.provider", Field::provider},
    {"mlflow.linkedPrompts", Field::prompt},
    {"mlflow.trace.session", Field::session},
    {"mlflow.trace.user", Field::user},
    {"mlflow.spanInputs", Field::input_words},
    {"mlflow.spanOutputs", Field::output_words},
    {"mlflow.chat.messages", Field::input},
    {"mlflow.spanFunctionName", Field::slice},
    {"mlflow.message.format", Field::unused},
    {"mlflow.traceRequestId", Field::unused},
    {"mlflow.experimentId", Field::unused},
    {"mlflow.spanLogLevel", Field::unused},
};

constexpr KindWord kinds[] = {
    {"LLM", StepKind::model_call},      {"CHAT_MODEL", StepKind::model_call},
    {"CHAIN", StepKind::workflow},      {"AGENT", StepKind::agent},
    {"TOOL", StepKind::tool_call},      {"RETRIEVER", StepKind::retrieval},
    {"EMBEDDING", StepKind::embedding}, {"RERANKER", StepKind::rerank},
    {"GUARDRAIL", StepKind::guardrail}, {"EVALUATOR", StepKind::evaluator},
    {"WORKFLOW", StepKind::workflow},   {"TASK", StepKind::workflow},
    {"PARSER", StepKind::other},        {"MEMORY", StepKind::other},
};

constexpr std::string_view content_prefixes[] = {"mlflow.traceInputs", "mlflow.traceOutputs"};

constexpr std::string_view slice_prefixes[] = {"mlflow.traceTag.", "mlflow.trace."};

void read(const wire::SpanView& span, Draft& draft) {
    if (draft.kind() == StepKind::tool_call && span.attributes.find("mlflow.spanType"))
        draft.offer_span_name(mlflow);
}

}  // namespace

const Convention mlflow{
    .name = "mlflow",
    .says = "MLflow tracing.",
    .table = table,
    .kinds = kinds,
    .kind_rank = 1,  // execute_tool with spanType RETRIEVER is a retrieval.
    .content_prefixes = content_prefixes,
    .slice_prefixes = slice_prefixes,
    .read = read,
};

}  // namespace plimsoll::interaction
