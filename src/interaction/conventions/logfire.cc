/// Logfire's wrappers of the OpenAI and Anthropic clients: the whole request and the whole reply as
/// JSON, beside OpenTelemetry's names. From the project's published tests.
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"request_data", Field::request},
    {"response_data", Field::reply},
    {"gen_ai.usage.raw", Field::usage},
    {"logfire.tags", Field::tags},
    {"async", Field::unused},
    {"logfire.msg", Field::unused},
    {"logfire.msg_template", Field::unused},
    {"logfire.json_schema", Field::unused},
    {"logfire.level_num", Field::unused},
    {"logfire.span_type", Field::unused},
    {"logfire.pending_parent_id", Field::unused},
    {"logfire.scrubbed", Field::unused},
    {"logfire.null_args", Field::unused},
    {"logfire.metrics", Field::unused},
};

}  // namespace

const Convention logfire{
    .name = "logfire",
    .says = "Logfire's wrappers of model clients.",
    .table = table,
};

}  // namespace plimsoll::interaction
