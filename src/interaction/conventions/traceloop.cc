/// Traceloop's SDK around OpenLLMetry: workflows, tasks, agents and tools of the application
/// itself, with what goes in and out of them, and vector databases, which tell what they found as
/// events. Its model calls are in otel_genai_old.cc and, since 2026, otel_genai.cc. Laminar, a
/// fork, has the same ideas under names of its own.
#include "interaction/conventions/conventions.h"
#include "interaction/conventions/numbered.h"
#include "interaction/draft.h"

namespace plimsoll::interaction {
namespace {

constexpr Row table[] = {
    {"traceloop.span.kind", Field::kind},
    {"traceloop.association.properties.session_id", Field::session},
    {"traceloop.association.properties.conversation_id", Field::session},
    {"traceloop.association.properties.thread_id", Field::session},
    {"traceloop.association.properties.chat_id", Field::session},
    {"traceloop.association.properties.user_id", Field::user},
    {"lmnr.association.properties.session_id", Field::session},
    {"lmnr.association.properties.user_id", Field::user},
    {"traceloop.prompt.key", Field::prompt_name},
    {"traceloop.prompt.version", Field::prompt_version},
    {"traceloop.prompt.version_name", Field::unused},
    {"traceloop.prompt.version_hash", Field::unused},
    {"traceloop.prompt.managed", Field::unused},
    {"traceloop.prompt.template", Field::unused},
    {"traceloop.workflow.name", Field::slice},
    {"traceloop.entity.name", Field::slice},  // See read().
    {"traceloop.entity.version", Field::slice},
    {"traceloop.entity.path", Field::unused},
    {"traceloop.correlation.id", Field::unused},
    {"lmnr.span.path", Field::unused},
    {"lmnr.span.ids_path", Field::unused},
    {"lmnr.span.instrumentation_source", Field::unused},
    {"lmnr.span.sdk_version", Field::unused},
    {"lmnr.span.language_version", Field::unused},
    {"gen_ai.request.structured_output_schema", Field::unused},
    {"llm.request.structured_output_schema", Field::unused},
    {"llm.response.structured", Field::unused},
};

constexpr Row last_resort[] = {
    {"traceloop.entity.input", Field::input_words},
    {"traceloop.entity.output", Field::output_words},
    {"lmnr.span.input", Field::input_words},
    {"lmnr.span.output", Field::output_words},
};

constexpr KindWord kinds[] = {
    {"workflow", StepKind::workflow},
    {"task", StepKind::workflow},
    {"agent", StepKind::agent},
    {"tool", StepKind::tool_call},
};

constexpr std::string_view content_prefixes[] = {"traceloop.prompt.template_variables.",
                                                 "db.vector.query.result.", "db.query.embeddings."};

constexpr std::string_view slice_prefixes[] = {"traceloop.association.properties.",
                                               "lmnr.association.properties."};

constexpr std::string_view events[] = {"db.query.result", "db.search.result",
                                       "db.query.embeddings"};

/// A match of a vector database. A distance is no score: the smaller the better.
void add_match(const wire::Attributes& attributes, std::string_view prefix,
               std::vector<Document>& into) {
    if (into.size() == 10'000) return;
    Document found;
    for (const wire::Attribute& attribute : attributes.list()) {
        if (!attribute.key.starts_with(prefix)) continue;
        const std::string_view rest = attribute.key.substr(prefix.size());
        std::string storage;
        if (rest == "id") found.id = plain_text(attribute.value);
        if (rest == "document") found.text = json_text(attribute.value, storage);
        if (rest == "score") found.score = number_of(attribute.value);
        if (rest == "metadata") found.metadata_json = json_text(attribute.value, storage);
    }
    if (!found.id.empty() || !found.text.empty()) into.push_back(std::move(found));
}

void read(const wire::SpanView& span, Draft& draft) {
    if (const wire::AnyValue* name = span.attributes.find("traceloop.entity.name")) {
        const Field field = draft.kind() == StepKind::tool_call ? Field::tool_name
                            : draft.kind() == StepKind::agent   ? Field::agent
                                                                : Field::unused;
        draft.offer({"traceloop.entity.name", field}, *name, traceloop);
    }
    std::vector<Document> documents;
    for (const wire::EventView& event : span.events) {
        if (event.name == "db.query.result") {
            add_match(event.attributes, "db.query.result.", documents);
        } else if (event.name == "db.search.result") {
            add_match(event.attributes, "db.search.result.", documents);
        }
    }
    draft.offer_documents(std::move(documents), "db.query.result", traceloop);
    draft.offer_documents(
        numbered_documents(numbered_under(span.attributes, "db.vector.query.result.")),
        "db.vector.query.result", traceloop);
}

}  // namespace

const Convention traceloop{
    .name = "traceloop",
    .says = "Traceloop's SDK and Laminar.",
    .table = table,
    .last_resort = last_resort,
    .kinds = kinds,
    .kind_rank = 6,
    .content_prefixes = content_prefixes,
    .slice_prefixes = slice_prefixes,
    .events = events,
    .read = read,
};

}  // namespace plimsoll::interaction
