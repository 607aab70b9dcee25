/// label_requests.h: what the two routes that keep labels have in common.
#pragma once

#include <variant>

#include "record/label_fields.h"
#include "show/route.h"

namespace plimsoll::show {

/// The label that `object` is, its note redacted and its dimension known; or what is wrong.
std::variant<record::Label, record::RefusedLabel> checked_label(Api& api, json::Value object);

/// The body as JSON; or the answer that says why it cannot be read.
std::variant<json::Document, HttpAnswer> json_body(const HttpRequest& request);

/// 400 for a label that was refused.
HttpAnswer refusal(const record::RefusedLabel& why);

struct RefusedRow {
    std::size_t row = 0;
    record::RefusedLabel why;
};

/// What became of labels: added, replaced, same, older, and those refused.
HttpAnswer put_answer(const record::LabelsPut& put, const std::vector<RefusedRow>& refused = {});
void write_put_schema(json::Writer& writer);

}  // namespace plimsoll::show
