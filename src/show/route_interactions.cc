#include <charconv>

#include <fmt/format.h>

#include "show/interaction_columns.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using json::Writer;
using Cursor = std::pair<UnixNanos, TraceId>;

const std::vector<QueryParameter> parameters{
    {"limit", "integer", "Interactions in one answer, 1 to 1000; 50 if left out."},
    {"before", "string", "The `next` of the answer before."}};

/// "1767607200000000000-0af7651916cd43dd8448eb211c80319c"
std::optional<Cursor> cursor_of(const std::string& text) {
    const std::size_t dash = text.find('-', 1);
    if (dash == std::string::npos) return std::nullopt;
    UnixNanos start = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + dash, start);
    const auto trace = TraceId::from_hex(std::string_view(text).substr(dash + 1));
    if (error != std::errc{} || end != text.data() + dash || !trace) return std::nullopt;
    return Cursor{start, *trace};
}

HttpAnswer answer_list(const Call& call) {
    const auto limit = whole_number(call.request, "limit", 50, 1, 1000);
    if (!limit)
        return error_answer(400, "not a whole number from 1 to 1000", "query parameter 'limit'",
                            "Send how many interactions you want.");
    std::optional<Cursor> before;
    if (const auto sent = call.request.query.find("before");
        sent != call.request.query.end() && !sent->second.empty()) {
        before = cursor_of(sent->second);
        if (!before)
            return error_answer(400, "not a cursor", "query parameter 'before'",
                                "Send the `next` of an earlier answer, or nothing.");
    }
    record::Facts& facts = call.api.parts().facts;
    const auto total = facts.count(call.filter);
    if (!total) return store_answer(total.error());
    const auto rows = facts.interactions(call.filter, static_cast<std::size_t>(*limit), before);
    if (!rows) return store_answer(rows.error());

    Writer writer;
    writer.begin_object().key("total").value(*total).key("interactions").begin_array();
    for (const auto& row : *rows) {
        writer.begin_object();
        write_columns(writer, interaction_columns, row);
        writer.end_object();
    }
    writer.end_array().key("next");
    if (rows->size() == static_cast<std::size_t>(*limit))
        writer.value(fmt::format("{}-{}", rows->back().start, rows->back().trace.hex()));
    else
        writer.null();
    writer.end_object();
    return json_answer(writer);
}

HttpAnswer answer_facets(const Call& call) {
    const auto facets = call.api.parts().facts.facets(call.filter);
    if (!facets) return store_answer(facets.error());
    Writer writer;
    writer.begin_object().key("facets").begin_array();
    for (const auto& facet : *facets) {
        writer.begin_object().key("name").value(facet.name).key("values").begin_array();
        for (const auto& [value, count] : facet.values)
            writer.begin_object().key("value").value(value).key("count").value(count).end_object();
        writer.end_array().end_object();
    }
    writer.end_array().end_object();
    return json_answer(writer);
}

}  // namespace

const Route interactions_route{
    .path = "/api/v1/interactions", .says = "Interactions, newest first.", .takes_filter = true,
    .takes = parameters, .answer = answer_list, .schema = [](Writer& w) {
        w.key("total").begin_object().key("type").value("integer").end_object();
        w.key("next").begin_object().key("type").value("string").end_object();
        w.key("interactions").begin_object().key("type").value("array").key("items").begin_object();
        w.key("type").value("object").key("properties").begin_object();
        write_schema(w, interaction_columns);
        w.end_object().end_object().end_object();
    }};

const Route facets_route{
    .path = "/api/v1/facets", .says = "Values to filter by, with counts, most frequent first.",
    .takes_filter = true, .answer = answer_facets, .schema = [](Writer& w) {
        w.key("facets").begin_object().key("type").value("array").end_object();
    }};

}  // namespace plimsoll::show
