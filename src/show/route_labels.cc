#include <fmt/format.h>

#include "show/label_json.h"
#include "show/label_requests.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using json::Writer;
using record::Label;

const std::vector<QueryParameter> parameters{
    {"dimension", "string", "Labels of this dimension."},
    {"annotator", "string", "Labels of this person."},
    {"interaction", "string", "Labels of this interaction, its trace id."},
    {"history", "boolean", "true: also those that were replaced."}};

HttpAnswer keeps_none() {
    return error_answer(503, "this server keeps no labels", "/api/v1/labels",
                        "Start `plimsoll serve`.");
}

HttpAnswer answer_list(const Call& call) {
    record::Labels* const store = call.api.parts().labels;
    if (store == nullptr) return keeps_none();
    record::LabelFilter filter;
    for (const auto& [name, value] : call.request.query) {
        const auto bad = [&](std::string_view mend) {
            return error_answer(400, fmt::format("cannot read '{}'", value.substr(0, 60)),
                                fmt::format("query parameter '{}'", name), mend);
        };
        if (name == "dimension") {
            filter.dimension = value;
        } else if (name == "annotator") {
            filter.annotator = value;
        } else if (name == "interaction") {
            filter.interaction = TraceId::from_hex(value);
            if (!filter.interaction) return bad("Send 32 hex digits.");
        } else if (name == "history") {
            filter.history = value == "true";
            if (value != "true" && value != "false") return bad("Send true or false.");
        } else {
            return bad("Send dimension, annotator, interaction or history.");
        }
    }
    const auto labels = store->labels(filter);
    if (!labels) return store_answer(labels.error());
    Writer writer;
    writer.begin_object().key("labels").begin_array();
    for (const Label& label : *labels) write_label(writer, label);
    writer.end_array().end_object();
    return json_answer(writer);
}

HttpAnswer answer_put(const Call& call) {
    record::Labels* const store = call.api.parts().labels;
    if (store == nullptr) return keeps_none();
    auto body = json_body(call.request);
    if (auto* unread = std::get_if<HttpAnswer>(&body)) return std::move(*unread);
    const json::Value root = std::get<json::Document>(body).root();
    const auto list = root.find("labels");
    std::vector<json::Value> objects;
    if (list)
        for (const json::Value object : list->elements()) objects.push_back(object);
    else
        objects.push_back(root);

    std::vector<Label> labels;
    std::vector<RefusedRow> refused;
    for (std::size_t row = 0; row < objects.size(); ++row) {
        auto label = checked_label(call.api, objects[row]);
        if (auto* good = std::get_if<Label>(&label))
            labels.push_back(std::move(*good));
        else
            refused.push_back({row, std::get<record::RefusedLabel>(std::move(label))});
    }
    if (!list && !refused.empty()) return refusal(refused.front().why);
    const auto put = store->put(labels);
    if (!put) return store_answer(put.error());
    if (call.api.parts().trust != nullptr) call.api.parts().trust->changed();
    return put_answer(*put, refused);
}

}  // namespace

const Route labels_route{
    .path = "/api/v1/labels",
    .says = "What people said of interactions, oldest first.",
    .takes_filter = false,
    .takes = parameters,
    .answer = answer_list,
    .schema = [](Writer& w) {
        w.key("labels").begin_object().key("type").value("array").key("items").begin_object();
        w.key("type").value("object").key("properties").begin_object();
        write_label_schema(w);
        w.end_object().end_object().end_object();
    }};

const Route put_labels_route{
    .path = "/api/v1/labels",
    .says =
        "Keeps one label, or those in `labels`. A label of the same person for the same item "
        "replaces; the same twice changes nothing. Of many, bad ones are refused one by one.",
    .takes_filter = false,
    .takes = {},
    .answer = answer_put,
    .schema = write_put_schema,
    .method = "POST",
    .needs = record::KeyRole::label,
    .body = write_label_schema};

}  // namespace plimsoll::show
