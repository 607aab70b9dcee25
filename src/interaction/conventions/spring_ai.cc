/// Spring AI (Micrometer): every value is a string, counts too. From its published documentation.
/// Since 1.0.0 content goes to the application's log only, so a call without content is usual.
#include "interaction/conventions/conventions.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"spring.ai.kind", Field::kind},
    {"spring.ai.chat.client.conversation.id", Field::session},
    {"spring.ai.chat.client.stream", Field::parameter, "stream"},
    {"spring.ai.chat.client.system.text", Field::system},
    {"spring.ai.chat.client.user.text", Field::input_words},
    {"spring.ai.chat.client.advisors", Field::unused},
    {"spring.ai.chat.client.tool.names", Field::tool_names},
    {"spring.ai.chat.client.tool.function.names", Field::tool_names},
    {"spring.ai.model.request.tool.names", Field::tool_names},
    {"spring.ai.tool.definition.name", Field::tool_name},
    {"spring.ai.tool.definition.description", Field::unused},
    {"spring.ai.tool.definition.schema", Field::unused},
    {"spring.ai.tool.call.id", Field::tool_call_id},
    {"spring.ai.tool.call.arguments", Field::tool_arguments},
    {"spring.ai.tool.call.result", Field::tool_result},
    {"spring.ai.advisor.name", Field::slice},
    {"spring.ai.advisor.type", Field::slice},
    {"spring.ai.advisor.order", Field::unused},
    {"db.vector.query.content", Field::query},
    {"db.vector.query.response.documents", Field::documents},
    {"db.vector.query.top_k", Field::parameter, "top_k"},
    {"db.vector.query.similarity_threshold", Field::parameter, "similarity_threshold"},
    {"db.vector.query.filter", Field::parameter, "filter"},
    {"db.vector.dimension_count", Field::unused},
    {"db.vector.field_name", Field::unused},
    {"db.vector.similarity_metric", Field::slice},
};

constexpr KindWord kinds[] = {
    {"advisor", StepKind::workflow},
    {"chat_client", StepKind::workflow},
    {"tool_call", StepKind::tool_call},
    {"vector_store", StepKind::retrieval},
};

}  // namespace

const Convention spring_ai{
    .name = "spring_ai",
    .says = "Spring AI.",
    .table = table,
    .kinds = kinds,
    .kind_rank = 1,
};

}  // namespace plimsoll::interaction
