#include "show/columns.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using json::Writer;

struct StatusRow {
    const Deployment& deployment;
    const ApiParts& parts;
    LiveStatus live;
    record::JournalStatus journal;
    record::FactsStatus facts;
    std::optional<std::pair<UnixNanos, UnixNanos>> range;
};

void write_journal(Writer& w, const StatusRow& row) {
    const auto& journal = row.journal;
    w.begin_object().key("head_seq").value(journal.head_seq).key("rows").value(journal.rows);
    w.key("raw_bytes").value(journal.raw_bytes).key("disk_bytes").value(journal.disk_bytes);
    w.key("commits").value(journal.commits).key("refusing").value(journal.refusing);
    w.key("damage").begin_array();
    for (const auto& damage : journal.damage)
        w.begin_object().key("file").value(damage.file).key("first_seq").value(damage.first_seq)
            .key("last_seq").value(damage.last_seq).key("why").value(damage.why).end_object();
    w.end_array().end_object();
}

void write_facts(Writer& w, const StatusRow& row) {
    const auto& facts = row.facts;
    w.begin_object().key("applied_seq").value(facts.applied_seq);
    w.key("read_seq").value(row.live.read_seq);
    w.key("interactions").value(facts.interactions).key("spans").value(facts.spans);
    w.key("scores").value(facts.scores).key("disk_bytes").value(facts.disk_bytes);
    w.key("rebuilding");
    if (row.live.rebuilding)
        w.begin_object().key("done").value(*row.live.rebuilding).end_object();
    else
        w.null();
    w.end_object();
}

void write_intake(Writer& w, const StatusRow& row) {
    const auto& counts = row.parts.intake;
    w.begin_object().key("requests").value(counts.requests.load());
    w.key("spans_accepted").value(counts.spans_accepted.load());
    w.key("spans_rejected").value(counts.spans_rejected.load());
    w.key("strings_repaired").value(counts.strings_repaired.load());
    w.key("malformed").value(counts.malformed.load());
    w.key("too_large").value(counts.too_large.load());
    w.key("come_back").value(counts.come_back.load());
    w.key("bytes").value(counts.bytes.load()).end_object();
}

constexpr Column<StatusRow> columns[] = {
    {"version", "string", "Of Plimsoll.",
     [](Writer& w, const StatusRow& row) { w.value(row.deployment.version); }},
    {"now", "string", "The server's clock.",
     [](Writer& w, const StatusRow& row) { w.value(to_iso8601(row.parts.clock.now())); }},
    {"started", "string", "When this server started.",
     [](Writer& w, const StatusRow& row) { w.value(to_iso8601(row.deployment.started)); }},
    {"configuration", "string", "Content version of the effective configuration.",
     [](Writer& w, const StatusRow& row) { w.value(row.deployment.configuration); }},
    {"configuration_file", "string", "Where it was read; empty for the built-in one.",
     [](Writer& w, const StatusRow& row) { w.value(row.deployment.configuration_file); }},
    {"journal", "object", "What is acknowledged and durable.", write_journal},
    {"facts", "object",
     "What is judged. read_seq: the journal row that was read; applied_seq: the one up to which "
     "nothing is needed any more, since no open trace has a span there.",
     write_facts},
    {"intake", "object", "Counts since start.", write_intake},
    {"open_traces", "integer", "Traces that still gather spans.",
     [](Writer& w, const StatusRow& row) { w.value(row.live.open_traces); }},
    {"budget", "object", "Bytes of requests held now, and the most that may be.",
     [](Writer& w, const StatusRow& row) {
         w.begin_object().key("used").value(std::uint64_t{row.live.budget_used});
         w.key("bytes_max").value(std::uint64_t{row.live.budget_bytes_max}).end_object();
     }},
    {"generation", "integer", "Grows whenever facts changed.",
     [](Writer& w, const StatusRow& row) { w.value(row.live.generation); }},
    {"unmapped", "array",
     "Attributes and events that no convention reads, by instrumentation, since start: the 50 that "
     "came on most spans.",
     [](Writer& w, const StatusRow& row) {
         w.begin_array();
         for (const auto& count : row.live.unmapped)
             w.begin_object().key("name").value(count.name).key("scope").value(count.scope)
                 .key("spans").value(count.spans).end_object();
         w.end_array();
     }},
    {"notices", "array", "What was set aside at start, and why.",
     [](Writer& w, const StatusRow& row) {
         w.begin_array();
         for (const auto& notice : row.live.notices) w.value(notice);
         w.end_array();
     }},
    {"time_range", "object", "Start of the first and last interaction; null if there is none.",
     [](Writer& w, const StatusRow& row) {
         if (!row.range) return void(w.null());
         w.begin_object().key("from").value(to_iso8601(row.range->first));
         w.key("to").value(to_iso8601(row.range->second)).end_object();
     }},
    {"endpoints", "object", "Addresses this server listens on.",
     [](Writer& w, const StatusRow& row) {
         w.begin_object().key("grpc").value(row.deployment.grpc);
         w.key("http").value(row.deployment.http).key("page").value(row.deployment.page);
         w.end_object();
     }},
};

HttpAnswer answer(const Call& call) {
    ApiParts& parts = call.api.parts();
    auto facts = parts.facts.status();
    if (!facts) return store_answer(facts.error());
    auto range = parts.facts.time_range();
    if (!range) return store_answer(range.error());
    const StatusRow row{call.api.deployment(), parts,  parts.live(), parts.journal.status(),
                        std::move(*facts),     *range};
    Writer writer;
    writer.begin_object();
    write_columns(writer, columns, row);
    writer.end_object();
    return json_answer(writer);
}

}  // namespace

const Route status_route{
    .path = "/api/v1/status", .says = "How the server is doing.", .takes_filter = false,
    .answer = answer, .schema = [](Writer& w) { write_schema(w, columns); }};

}  // namespace plimsoll::show
