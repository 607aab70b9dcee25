/// TruLens: functions of an application, with what they were called with and what they returned as
/// Python prints it; retrievals with their query and texts.
#include "interaction/conventions/conventions.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"ai.observability.span_type", Field::kind},
    {"ai.observability.record_root.input", Field::input_words},
    {"ai.observability.record_root.output", Field::output_words},
    {"ai.observability.retrieval.query_text", Field::query},
    {"ai.observability.retrieval.retrieved_contexts", Field::documents},
    {"ai.observability.graph_node.node_name", Field::slice},
    {"ai.observability.app_name", Field::slice},
    {"ai.observability.app_version", Field::slice},
    {"ai.observability.run.name", Field::slice},
    {"ai.observability.call.function", Field::slice},
    {"ai.observability.app_id", Field::unused},
    {"ai.observability.record_id", Field::unused},
    {"ai.observability.input_id", Field::unused},
    {"ai.observability.graph_node.latest_message", Field::unused},
};

constexpr Row last_resort[] = {
    {"ai.observability.graph_node.input_state", Field::input_words},
    {"ai.observability.graph_node.output_state", Field::output_words},
    {"ai.observability.call.return", Field::output_words},
};

constexpr KindWord kinds[] = {
    {"record_root", StepKind::workflow}, {"graph_node", StepKind::workflow},
    {"retrieval", StepKind::retrieval},  {"generation", StepKind::model_call},
    {"tool", StepKind::tool_call},       {"agent", StepKind::agent},
    {"eval_root", StepKind::evaluator},  {"eval", StepKind::evaluator},
};

constexpr std::string_view content_prefixes[] = {"ai.observability.call.kwargs.",
                                                 "ai.observability.eval"};
constexpr std::string_view slice_prefixes[] = {"ai.observability.unknown."};

}  // namespace

const Convention trulens{
    .name = "trulens",
    .says = "TruLens.",
    .table = table,
    .last_resort = last_resort,
    .kinds = kinds,
    .content_prefixes = content_prefixes,
    .slice_prefixes = slice_prefixes,
};

}  // namespace plimsoll::interaction
