/// interaction_columns.h: an interaction as a row of a list, said once for both routes that show it.
#pragma once

#include "record/facts.h"
#include "show/columns.h"

namespace plimsoll::show {

inline constexpr Column<record::InteractionRow> interaction_columns[] = {
    {"id", "string", "Trace id, hex.",
     [](json::Writer& w, const auto& row) { w.value(row.trace.hex()); }},
    {"revision", "integer", "Grows when a late span changes it.",
     [](json::Writer& w, const auto& row) { w.value(row.revision); }},
    {"recognised", "boolean", "A model took part that some convention describes.",
     [](json::Writer& w, const auto& row) { w.value(row.recognised); }},
    {"incomplete", "boolean", "Its root never ended, or spans are lost.",
     [](json::Writer& w, const auto& row) { w.value(row.incomplete); }},
    {"failed", "boolean", "It ended in an error.",
     [](json::Writer& w, const auto& row) { w.value(row.failed); }},
    {"start", "string", "ISO 8601, UTC.",
     [](json::Writer& w, const auto& row) { w.value(to_iso8601(row.start)); }},
    {"duration_ms", "number", "First start to last end.",
     [](json::Writer& w, const auto& row) { w.value(row.duration_ms); }},
    {"service", "string", "service.name",
     [](json::Writer& w, const auto& row) { w.value(row.service); }},
    {"environment", "string", "deployment.environment.name",
     [](json::Writer& w, const auto& row) { w.value(row.environment); }},
    {"session", "string", "Conversation; the trace id where none was sent.",
     [](json::Writer& w, const auto& row) { w.value(row.session); }},
    {"user", "string", "As sent.",
     [](json::Writer& w, const auto& row) { w.value(row.user); }},
    {"provider", "string", "Who served the model.",
     [](json::Writer& w, const auto& row) { w.value(row.provider); }},
    {"model", "string", "What answered; what was asked for, if the answer did not say.",
     [](json::Writer& w, const auto& row) { w.value(row.model); }},
    {"prompt", "string", "name@version",
     [](json::Writer& w, const auto& row) { w.value(row.prompt); }},
    {"question", "string", "The user's last words, the beginning.",
     [](json::Writer& w, const auto& row) { w.value(row.question); }},
    {"answer", "string", "The model's last words, the beginning.",
     [](json::Writer& w, const auto& row) { w.value(row.answer); }},
    {"input_tokens", "integer", "Cached ones included; null if not sent.",
     [](json::Writer& w, const auto& row) { w.value(row.input_tokens); }},
    {"output_tokens", "integer", "Reasoning included; null if not sent.",
     [](json::Writer& w, const auto& row) { w.value(row.output_tokens); }},
    {"cost_usd", "number", "As its spans say; null if none does.",
     [](json::Writer& w, const auto& row) { w.value(row.cost_usd); }},
    {"first_token_s", "number", "Seconds to the first piece of the first answer.",
     [](json::Writer& w, const auto& row) { w.value(row.first_token_s); }},
    {"spans", "integer", "How many it was built from.",
     [](json::Writer& w, const auto& row) { w.value(row.span_count); }},
    {"scores", "object", "Dimension to its lowest score; unscored dimensions are left out.",
     [](json::Writer& w, const auto& row) {
         w.begin_object();
         for (const auto& [dimension, score] : row.scores) w.key(dimension).value(score);
         w.end_object();
     }},
};

}  // namespace plimsoll::show
