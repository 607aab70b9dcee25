#include <fmt/format.h>

#include "record/record_chain.h"
#include "show/columns.h"
#include "show/record_answers.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using json::Writer;
using record::RunRecord;

/// A field that holds JSON stands as what it is; null for "".
void write_json(Writer& w, const std::string& text) {
    if (text.empty()) {
        w.null();
        return;
    }
    const auto document = json::Document::parse(text);
    document ? w.value(document->root()) : w.value(text);
}

constexpr Column<RunRecord> columns[] = {
    {"seq", "integer", "Place in the chain, from 1.",
     [](Writer& w, const RunRecord& one) { w.value(one.seq); }},
    {"time", "string", "", [](Writer& w, const RunRecord& one) { w.value(to_iso8601(one.time)); }},
    {"kind", "string", "watch, trust, alert, decision, configuration, gate, replay, loss, …",
     [](Writer& w, const RunRecord& one) { w.value(one.kind); }},
    {"subject", "string", "What it is about: a dimension, an evaluator, an alert.",
     [](Writer& w, const RunRecord& one) { w.value(one.subject); }},
    {"tuple", "object", "Versions it speaks of.",
     [](Writer& w, const RunRecord& one) { write_json(w, one.tuple); }},
    {"from", "string", "The window looked at; null if none.",
     [](Writer& w, const RunRecord& one) {
         one.to > one.from ? w.value(to_iso8601(one.from)) : w.null();
     }},
    {"to", "string", "",
     [](Writer& w, const RunRecord& one) {
         one.to > one.from ? w.value(to_iso8601(one.to)) : w.null();
     }},
    {"inputs", "string", "SHA-256 of what was read; empty if nothing was.",
     [](Writer& w, const RunRecord& one) { w.value(one.inputs); }},
    {"configuration", "string", "Its content version.",
     [](Writer& w, const RunRecord& one) { w.value(one.configuration); }},
    {"methods", "object", "Method → version.",
     [](Writer& w, const RunRecord& one) { write_json(w, one.methods); }},
    {"result", "object", "What came out.",
     [](Writer& w, const RunRecord& one) { write_json(w, one.result); }},
    {"previous", "string", "Hash of the link before.",
     [](Writer& w, const RunRecord& one) { w.value(one.previous); }},
    {"hash", "string", "SHA-256 over all other fields.",
     [](Writer& w, const RunRecord& one) { w.value(one.hash); }},
};

HttpAnswer keeps_none(const Call& call) {
    return error_answer(503, "this server keeps no records", call.request.path,
                        "Start `plimsoll serve`.");
}

}  // namespace

HttpAnswer records_answer(record::RunRecords& records, const HttpRequest& request) {
    record::RecordQuery query;
    for (const auto& [name, value] : request.query)
        if (name != "kind" && name != "subject" && name != "before" && name != "limit")
            return error_answer(400, "no such query parameter", name.substr(0, 60),
                                "Send kind, subject, before or limit.");
    const auto limit = whole_number(request, "limit", 50, 1, 1'000);
    const auto before = whole_number(request, "before", static_cast<std::int64_t>(query.before), 1,
                                     static_cast<std::int64_t>(query.before));
    if (!limit || !before)
        return error_answer(400, "not a whole number within its bounds", "limit or before",
                            "limit is 1 to 1000; before is a sequence number.");
    const auto text = [&](const char* name) {
        const auto found = request.query.find(name);
        return found == request.query.end() ? "" : found->second;
    };
    query.kind = text("kind");
    query.subject = text("subject");
    query.before = static_cast<std::uint64_t>(*before);
    query.limit = static_cast<std::size_t>(*limit) + 1;
    auto page = records.newest_first(query);
    if (!page) return store_answer(page.error());
    const bool more = page->size() > static_cast<std::size_t>(*limit);
    if (more) page->pop_back();
    Writer w;
    w.begin_object().key("records").begin_array();
    for (const RunRecord& one : *page) {
        w.begin_object();
        write_columns(w, columns, one);
        w.end_object();
    }
    w.end_array().key("next");
    more ? w.value(page->back().seq) : w.null();
    w.end_object();
    return json_answer(w);
}

namespace {

HttpAnswer answer_record(const Call& call) {
    record::RunRecords* const store = call.api.parts().records;
    if (store == nullptr) return keeps_none(call);
    const std::string text(call.path.front());
    const auto seq = whole_number({.query = {{"seq", text}}}, "seq", 0, 1, std::int64_t{1} << 61);
    const auto found =
        seq ? store->newest_first({.before = static_cast<std::uint64_t>(*seq) + 1, .limit = 1})
            : std::vector<RunRecord>{};
    if (!found) return store_answer(found.error());
    if (found->empty() || found->front().seq != static_cast<std::uint64_t>(*seq))
        return error_answer(404, "no such record", text.substr(0, 60),
                            "GET /api/v1/records lists them.");
    Writer w;
    w.begin_object();
    write_columns(w, columns, found->front());
    w.end_object();
    return json_answer(w);
}

constexpr Column<record::ChainReport> chain_columns[] = {
    {"links", "integer", "How many there are.",
     [](Writer& w, const record::ChainReport& one) { w.value(one.links); }},
    {"head", "string", "The last one, as to be remembered elsewhere; null if there is none.",
     [](Writer& w, const record::ChainReport& one) {
         one.links > 0 ? w.value(to_text(one.head)) : w.null();
     }},
    {"whole", "boolean", "No link was changed, removed or moved, as far as a chain can tell.",
     [](Writer& w, const record::ChainReport& one) { w.value(one.whole()); }},
    {"broken_at", "integer", "The first broken link; null if whole.",
     [](Writer& w, const record::ChainReport& one) {
         one.whole() ? w.null() : w.value(one.broken_at);
     }},
    {"why", "string", "What is wrong there.",
     [](Writer& w, const record::ChainReport& one) { w.value(one.why); }},
};

}  // namespace

HttpAnswer chain_answer(record::RunRecords& records, const HttpRequest& request) {
    std::optional<record::ChainHead> remembered;
    if (const auto head = request.query.find("head"); head != request.query.end()) {
        remembered = record::chain_head_of(head->second);
        if (!remembered)
            return error_answer(400, "not the head of a chain", "query parameter 'head'",
                                "Send a sequence number, ':' and a SHA-256 in hex.");
    }
    const auto report = record::verify_chain(records, remembered);
    if (!report) return store_answer(report.error());
    Writer w;
    w.begin_object();
    write_columns(w, chain_columns, *report);
    w.end_object();
    return json_answer(w);
}

const Route records_route{
    .path = "/api/v1/records",
    .says = "The evidence trail, newest first: each run, alert and decision.",
    .takes_filter = false,
    .takes = {{"kind", "string", "Records of this kind."},
              {"subject", "string", "Records about this."},
              {"before", "integer", "Older than this sequence number: `next` of the page before."},
              {"limit", "integer", "At most so many, 50 by default."}},
    .answer =
        [](const Call& call) {
            record::RunRecords* const records = call.api.parts().records;
            return records == nullptr ? keeps_none(call) : records_answer(*records, call.request);
        },
    .schema =
        [](Writer& w) {
            w.key("records").begin_object().key("type").value("array").key("items").begin_object();
            w.key("type").value("object").key("properties").begin_object();
            write_schema(w, columns);
            w.end_object().end_object().end_object();
            w.key("next").begin_object().key("type").value("integer").end_object();
        }};

const Route record_route{.path = "/api/v1/records/{seq}",
                         .says = "One link of the evidence trail.",
                         .takes_filter = false,
                         .takes = {},
                         .answer = answer_record,
                         .schema = [](Writer& w) { write_schema(w, columns); }};

const Route chain_route{
    .path = "/api/v1/chain",
    .says = "Whether the evidence trail is what it was: every link is hashed anew.",
    .takes_filter = false,
    .takes = {{"head", "string", "The end of the chain as it was remembered, \"41:5f3a…\"."}},
    .answer =
        [](const Call& call) {
            record::RunRecords* const records = call.api.parts().records;
            return records == nullptr ? keeps_none(call) : chain_answer(*records, call.request);
        },
    .schema = [](Writer& w) { write_schema(w, chain_columns); }};

}  // namespace plimsoll::show
