/// Semantic Kernel and the Microsoft Agent Framework. Content comes as OpenTelemetry's events whose
/// body is JSON in gen_ai.event.content (.NET; otel_genai_old.cc), as log records (Python), or
/// structured. Little is left to say: tools by name, and errors as Python prints classes.
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"sk.available_functions", Field::tools},
    {"sk.function_name", Field::slice},
    {"gen_ai.agent.invocation_input", Field::input},
    {"gen_ai.agent.invocation_output", Field::output},
    {"gen_ai.openai.api_version", Field::slice},
    {"agent_framework.function.invocation.duration", Field::unused},
};

constexpr std::string_view slice_prefixes[] = {"workflow.", "executor.", "edge_group."};

constexpr std::string_view events[] = {"gen_ai.tool.developer"};

void read(const wire::SpanView& span, Draft& draft) {
    const wire::AnyValue* type = span.attributes.find("error.type");
    if (!type || !type->text.starts_with("<class '")) return;
    std::string_view name = type->text.substr(sizeof "<class '" - 1);
    draft.offer_text(Field::error_type, std::string(name.substr(0, name.find('\''))), "error.type",
                     semantic_kernel);
}

}  // namespace

const Convention semantic_kernel{
    .name = "semantic_kernel",
    .says = "Semantic Kernel and the Microsoft Agent Framework.",
    .table = table,
    .slice_prefixes = slice_prefixes,
    .events = events,
    .read = read,
};

}  // namespace plimsoll::interaction
