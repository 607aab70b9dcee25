#include "show/columns.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using analyse::DueItem;
using json::Writer;

constexpr Column<DueItem> columns[] = {
    {"kind", "string", "recalibrate, refresh_rubric, add_failures or cover_traffic.",
     [](Writer& w, const DueItem& one) { w.value(to_word(one.kind)); }},
    {"due", "string", "Until when; past: overdue.",
     [](Writer& w, const DueItem& one) { w.value(to_iso8601(one.due)); }},
    {"dimension", "string", "", [](Writer& w, const DueItem& one) { w.value(one.dimension); }},
    {"evaluator", "string", "", [](Writer& w, const DueItem& one) { w.value(one.evaluator); }},
    {"slice", "object", "Attribute → value.",
     [](Writer& w, const DueItem& one) {
         w.begin_object();
         for (const auto& [attribute, value] : one.slice) w.key(attribute).value(value);
         w.end_object();
     }},
    {"why", "string", "For a person.", [](Writer& w, const DueItem& one) { w.value(one.why); }},
    {"command", "string", "What does it.",
     [](Writer& w, const DueItem& one) { w.value(one.command); }},
    {"interactions", "array", "Those to take into a dataset.",
     [](Writer& w, const DueItem& one) {
         w.begin_array();
         for (const TraceId& trace : one.interactions) w.value(trace.hex());
         w.end_array();
     }},
    {"examples", "integer", "How many are missing for a share like that of the traffic.",
     [](Writer& w, const DueItem& one) { w.value(one.examples); }},
};

HttpAnswer answer_due(const Call& call) {
    if (!call.api.parts().due)
        return error_answer(503, "this server keeps no schedules", call.request.path,
                            "Start `plimsoll serve`.");
    const auto items = call.api.parts().due();
    if (!items) return store_answer(items.error());
    Writer w;
    w.begin_object().key("due").begin_array();
    for (const DueItem& one : *items) {
        w.begin_object();
        write_columns(w, columns, one);
        w.end_object();
    }
    w.end_array().end_object();
    return json_answer(w);
}

}  // namespace

const Route due_route{
    .path = "/api/v1/due",
    .says = "What follows from trust, decisions, findings and traffic: what to do next, and why.",
    .takes_filter = false,
    .takes = {},
    .answer = answer_due,
    .schema = [](Writer& w) {
        w.key("due").begin_object().key("type").value("array").key("items").begin_object();
        w.key("type").value("object").key("properties").begin_object();
        write_schema(w, columns);
        w.end_object().end_object().end_object();
    }};

}  // namespace plimsoll::show
