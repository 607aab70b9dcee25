#include "show/label_requests.h"

#include <algorithm>

#include <fmt/format.h>

#include "show/label_json.h"

namespace plimsoll::show {

using record::Label;
using record::RefusedLabel;

std::variant<Label, RefusedLabel> checked_label(Api& api, json::Value object) {
    auto read = record::label_of(words_of(object), api.parts().clock.now());
    auto* label = std::get_if<Label>(&read);
    if (label == nullptr) return read;
    const auto& dimensions = api.deployment().scorecard->dimensions;
    if (std::ranges::find(dimensions, label->dimension, &evaluate::Dimension::name) ==
        dimensions.end())
        return RefusedLabel{"dimension",
                            fmt::format("no dimension is called '{}'", label->dimension),
                            "GET /api/v1/dimensions lists them."};
    if (api.parts().redact) label->note = api.parts().redact(label->note);
    return read;
}

std::variant<json::Document, HttpAnswer> json_body(const HttpRequest& request) {
    // A form on another site can send text, but not this type without asking first.
    const auto type = request.headers.find("content-type");
    if (type == request.headers.end() || !type->second.starts_with("application/json"))
        return error_answer(415, "the body must be JSON", "header Content-Type",
                            "Send 'Content-Type: application/json'.");
    auto document = json::Document::parse(request.body);
    if (!document || !document->root().is_object())
        return error_answer(400, document ? "not an object" : document.error().what, "the body",
                            "Send one JSON object.");
    return std::move(*document);
}

HttpAnswer refusal(const RefusedLabel& why) {
    return error_answer(400, why.what, why.field, why.mend);
}

HttpAnswer put_answer(const record::LabelsPut& put, const std::vector<RefusedRow>& refused) {
    json::Writer w;
    w.begin_object().key("added").value(put.added).key("replaced").value(put.replaced);
    w.key("same").value(put.same).key("older").value(put.older).key("refused").begin_array();
    for (const auto& [row, why] : refused)
        w.begin_object()
            .key("row")
            .value(std::uint64_t{row})
            .key("field")
            .value(why.field)
            .key("what")
            .value(why.what)
            .key("mend")
            .value(why.mend)
            .end_object();
    w.end_array().end_object();
    return json_answer(w);
}

void write_put_schema(json::Writer& w) {
    for (const std::string_view name : {"added", "replaced", "same", "older"})
        w.key(name).begin_object().key("type").value("integer").end_object();
    w.key("refused")
        .begin_object()
        .key("type")
        .value("array")
        .key("description")
        .value("row, field, what, mend")
        .end_object();
}

}  // namespace plimsoll::show
