#include <algorithm>

#include <fmt/format.h>

#include "analyse/calibration/label_queue.h"
#include "show/agreement_json.h"
#include "show/label_json.h"
#include "show/label_requests.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using analyse::LabelQueue;
using analyse::QueuedItem;
using json::Writer;

const std::vector<QueryParameter> parameters{
    {"dimension", "string", "What is labelled. Needed."},
    {"annotator", "string", "Who asks. Needed."},
    {"limit", "integer", "Items in one answer, 1 to 200; 20 if left out."}};

HttpAnswer keeps_none() {
    return error_answer(503, "this server keeps no labels", "/api/v1/label-queue",
                        "Start `plimsoll serve`.");
}

const evaluate::Dimension* dimension_named(Api& api, const std::string& name) {
    const auto& dimensions = api.deployment().scorecard->dimensions;
    const auto found = std::ranges::find(dimensions, name, &evaluate::Dimension::name);
    return found == dimensions.end() ? nullptr : &*found;
}

struct Rubric {
    std::string version, text;
};

/// What people read: the rubric of the dimension's first judge, else the dimension's definition.
Rubric rubric_of(const evaluate::Dimension& dimension) {
    if (dimension.judges.empty()) return {"", dimension.says};
    const evaluate::Judge& judge = *dimension.judges.front().judge;
    return {evaluate::rubric_version(judge), judge.rubric};
}

/// People among each other, as the evaluator with the most labels has it.
void write_among_people(Writer& w, const Call& call, const std::string& dimension) {
    const std::vector<analyse::AgreementLine>* lines = nullptr;
    const auto page = call.api.parts().trust->latest();
    std::size_t most = 0;
    if (page)
        for (const auto& one : (*page)->evaluators)
            if (one.name.dimension == dimension && one.trust.agreement.items >= most) {
                most = one.trust.agreement.items;
                lines = &one.trust.agreement.people;
            }
    write_lines(w, "among_people", lines ? *lines : std::vector<analyse::AgreementLine>{});
}

/// What a label may be: the scale of the dimension's first judge, else pass and fail.
void write_scale(Writer& w, const evaluate::Dimension& dimension) {
    const evaluate::JudgeScale scale = dimension.judges.empty()
                                           ? evaluate::JudgeScale::binary()
                                           : dimension.judges.front().judge->scale;
    w.key("scale").begin_object().key("kind").value(to_word(scale.kind)).key("answers");
    w.begin_array();
    for (const evaluate::JudgeClass& one : scale.classes)
        w.begin_object().key("name").value(one.name).key("score").value(one.score).end_object();
    w.end_array().end_object();
}

HttpAnswer answer_queue(const Call& call) {
    const ApiParts& parts = call.api.parts();
    if (parts.labels == nullptr || parts.trust == nullptr) return keeps_none();
    const auto text = [&](const char* name) {
        const auto found = call.request.query.find(name);
        return found == call.request.query.end() ? std::string() : found->second;
    };
    const std::string name = text("dimension"), annotator = text("annotator");
    const evaluate::Dimension* const dimension = dimension_named(call.api, name);
    if (dimension == nullptr)
        return error_answer(400, fmt::format("no dimension is called '{}'", name),
                            "query parameter 'dimension'", "GET /api/v1/dimensions lists them.");
    if (annotator.empty())
        return error_answer(400, "nobody asks", "query parameter 'annotator'",
                            "Send who labels: what you have labelled is not asked again.");
    const auto limit = whole_number(call.request, "limit", 20, 1, 200);
    if (!limit)
        return error_answer(400, "not a whole number from 1 to 200", "query parameter 'limit'",
                            "Send how many items you want.");
    const Rubric rubric = rubric_of(*dimension);
    const auto queue =
        analyse::label_queue(parts.facts, *parts.labels, {name, annotator, rubric.version});
    if (!queue) return store_answer(queue.error());

    Writer w;
    w.begin_object().key("dimension").value(name).key("says").value(dimension->says);
    w.key("rubric").begin_object().key("version").value(rubric.version).key("text");
    w.value(rubric.text).end_object();
    write_scale(w, *dimension);
    w.key("items").begin_array();
    std::uint64_t open = 0, done = 0, split = 0, yours = 0;
    for (const QueuedItem& item : queue->items) {
        done += item.labels >= item.wanted;
        split += item.split;
        yours += item.by_annotator;
        if (!queue->open(item)) continue;
        // Neither verdict nor probability: the person who labels must not know.
        if (open++ < static_cast<std::uint64_t>(*limit))
            w.begin_object()
                .key("interaction")
                .value(item.interaction.hex())
                .key("split")
                .value(item.split)
                .end_object();
    }
    w.end_array().key("progress").begin_object();
    w.key("items").value(std::uint64_t{queue->items.size()}).key("done").value(done);
    w.key("open_for_you").value(open).key("by_you").value(yours).key("split").value(split);
    w.end_object();
    write_among_people(w, call, name);
    w.end_object();
    return json_answer(w);
}

HttpAnswer answer_put(const Call& call) {
    const ApiParts& parts = call.api.parts();
    if (parts.labels == nullptr || parts.trust == nullptr) return keeps_none();
    auto body = json_body(call.request);
    if (auto* unread = std::get_if<HttpAnswer>(&body)) return std::move(*unread);
    auto read = checked_label(call.api, std::get<json::Document>(body).root());
    if (const auto* why = std::get_if<record::RefusedLabel>(&read)) return refusal(*why);
    record::Label& label = std::get<record::Label>(read);
    const evaluate::Dimension* const dimension = dimension_named(call.api, label.dimension);
    const Rubric rubric = rubric_of(*dimension);
    const auto queue = analyse::label_queue(parts.facts, *parts.labels,
                                            {label.dimension, label.annotator, rubric.version});
    if (!queue) return store_answer(queue.error());
    const auto item = std::ranges::find(queue->items, label.interaction, &QueuedItem::interaction);
    if (item == queue->items.end())
        return error_answer(409, "this interaction is not in the queue", "interaction",
                            "POST it to /api/v1/labels: it then counts as picked by hand.");
    label.rubric = rubric.version;
    label.queued = item->split ? record::LabelReason::disagreement : item->reason;
    label.inclusion = item->inclusion;
    const auto put = parts.labels->put({&label, 1});
    if (!put) return store_answer(put.error());
    parts.trust->changed();
    return put_answer(*put);
}

void write_queue_schema(Writer& w) {
    for (const std::string_view name : {"dimension", "says"})
        w.key(name).begin_object().key("type").value("string").end_object();
    w.key("rubric")
        .begin_object()
        .key("type")
        .value("object")
        .key("description")
        .value("version and text of what to judge by")
        .end_object();
    w.key("scale")
        .begin_object()
        .key("type")
        .value("object")
        .key("description")
        .value("kind (binary, graded or classes) and its answers, each a name and a score")
        .end_object();
    w.key("items")
        .begin_object()
        .key("type")
        .value("array")
        .key("description")
        .value("interaction, and whether two people differ about it")
        .end_object();
    w.key("progress")
        .begin_object()
        .key("type")
        .value("object")
        .key("description")
        .value("items, done, open_for_you, by_you, split")
        .end_object();
    w.key("among_people")
        .begin_object()
        .key("type")
        .value("array")
        .key("description")
        .value("How far people agree with each other")
        .end_object();
}

}  // namespace

const Route label_queue_route{
    .path = "/api/v1/label-queue",
    .says = "What a person is asked about next, blind: no verdict, no probability.",
    .takes_filter = false,
    .takes = parameters,
    .answer = answer_queue,
    .schema = write_queue_schema};

const Route put_label_queue_route{
    .path = "/api/v1/label-queue",
    .says =
        "Keeps one label of a queued item, with the rubric, reason and probability it was "
        "queued with.",
    .takes_filter = false,
    .takes = {},
    .answer = answer_put,
    .schema = write_put_schema,
    .method = "POST",
    .needs = record::KeyRole::label,
    .body = write_label_schema};

}  // namespace plimsoll::show
