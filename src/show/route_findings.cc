#include "show/columns.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using json::Writer;
using record::Finding;

struct FindingColumn {
    std::string_view name, type, says;
};

/// What record::write_finding() writes.
constexpr FindingColumn finding_columns[] = {
    {"kind", "string",
     "score_drift, slice_drift, distribution_drift, latency_drift, cost_drift, calibration_drift, "
     "mix_shift, coverage_gap, sampler_integrity or double_counting."},
    {"id", "string", "Stays while the finding is known better from run to run."},
    {"dimension", "string", "What moved."},
    {"evaluator", "string", "Who saw it; empty where none is concerned."},
    {"version", "string", "The evaluator's; series of two versions are never compared."},
    {"service", "string", ""},
    {"slice", "object", "Attribute: value; empty for all of the service."},
    {"measure", "string", "What before, after and change are of: mean score, p99 ms, p50 usd, …"},
    {"worse", "boolean", "false: an improvement."},
    {"found", "string", "End of the hour that completed the evidence."},
    {"since", "string", "The likeliest moment of the change."},
    {"since_earliest", "string", "With since_latest: 95% of the moments."},
    {"since_latest", "string", ""},
    {"ended", "string", "Back to what it was, or no longer seen; null while it lasts."},
    {"before", "number", ""},
    {"before_low", "number", "95% interval."},
    {"before_high", "number", ""},
    {"after", "number", ""},
    {"after_low", "number", ""},
    {"after_high", "number", ""},
    {"change", "number", "After - before."},
    {"change_low", "number", ""},
    {"change_high", "number", ""},
    {"sessions_before", "integer", ""},
    {"sessions_after", "integer", ""},
    {"pages", "boolean", "It got worse, within the budget of false pages. Trust is asked later."},
    {"level", "number", "Evidence over its threshold when it was found."},
    {"causes", "array",
     "element (joined by + if they cannot be told apart; mix for traffic), from, to, probability, "
     "effect with low and high: of scores, or of the share above the reference's quantile."},
    {"answer", "string",
     "explained, several, not_identifiable, unexplained or nothing_changed: what the causes are."},
    {"replay", "array", "Elements that only a replay can tell apart."},
    {"says", "string", "One sentence: what, where, since when, why."},
    {"worst", "array", "Interactions that show it, the worst first."},
    {"related", "array", "Ids of findings of the same change."},
    {"leader", "string", "Of the related ones, the one that explains it best; empty: this."},
    {"run", "string", "The record of the run that said this last."},
};

using analyse::WatchedSeries;

constexpr Column<WatchedSeries> not_yet_columns[] = {
    {"dimension", "string", "", [](Writer& w, const auto& one) { w.value(one.of.dimension); }},
    {"evaluator", "string", "", [](Writer& w, const auto& one) { w.value(one.of.evaluator); }},
    {"service", "string", "", [](Writer& w, const auto& one) { w.value(one.of.service); }},
    {"attribute", "string", "", [](Writer& w, const auto& one) { w.value(one.of.attribute); }},
    {"value", "string", "", [](Writer& w, const auto& one) { w.value(one.of.value); }},
    {"sessions", "integer", "So far.",
     [](Writer& w, const auto& one) { w.value(one.of.sessions); }},
    {"why", "string", "What is missing.",
     [](Writer& w, const auto& one) { w.value(one.watch.baseline.why()); }},
    {"ready", "string", "When it can be watched, at the present rate; null: not at this rate.",
     [](Writer& w, const auto& one) {
         one.watch.ready ? w.value(to_iso8601(*one.watch.ready * 3600 * nanos_per_second))
                         : w.null();
     }},
};

HttpAnswer watches_nothing(const Call& call) {
    return error_answer(503, "this server does not watch", call.request.path,
                        "Start `plimsoll serve`.");
}

std::string asked(const Call& call, const char* name) {
    const auto found = call.request.query.find(name);
    return found == call.request.query.end() ? "" : found->second;
}

HttpAnswer answer_findings(const Call& call) {
    analyse::WatchBook* const book = call.api.parts().watch;
    if (book == nullptr) return watches_nothing(call);
    const auto report = book->latest();
    if (!report) return store_answer(report.error());
    const auto findings = book->findings().all();
    if (!findings) return store_answer(findings.error());
    const std::string dimension = asked(call, "dimension"), service = asked(call, "service"),
                      open = asked(call, "open");
    Writer w;
    w.begin_object().key("until").value(to_iso8601((*report)->end));
    w.key("watched").value(std::uint64_t{(*report)->series.size()});
    w.key("sharing").value((*report)->sharing);
    w.key("findings").begin_array();
    for (const Finding& one : *findings) {
        if (!dimension.empty() && one.dimension != dimension) continue;
        if (!service.empty() && one.service != service) continue;
        if (open == "true" && one.ended) continue;
        w.begin_object();
        record::write_finding(w, one);
        w.end_object();
    }
    w.end_array().key("not_yet").begin_array();
    for (const WatchedSeries& one : (*report)->series) {
        if (one.watch.baseline) continue;
        w.begin_object();
        write_columns(w, not_yet_columns, one);
        w.end_object();
    }
    w.end_array().end_object();
    return json_answer(w);
}

HttpAnswer answer_finding(const Call& call) {
    analyse::WatchBook* const book = call.api.parts().watch;
    if (book == nullptr) return watches_nothing(call);
    if (const auto report = book->latest(); !report) return store_answer(report.error());
    const auto finding = book->findings().finding(std::string(call.path[0]));
    if (!finding) return store_answer(finding.error());
    if (!*finding)
        return error_answer(404, "no such finding", call.request.path,
                            "GET /api/v1/findings lists them.");
    Writer w;
    w.begin_object();
    record::write_finding(w, **finding);
    w.end_object();
    return json_answer(w);
}

void write_finding_schema(Writer& w) {
    for (const FindingColumn& column : finding_columns) {
        w.key(column.name).begin_object().key("type").value(column.type);
        w.key("description").value(column.says).end_object();
    }
}

}  // namespace

const Route findings_route{
    .path = "/api/v1/findings",
    .says = "What changed: where, since when and why, the newest change first.",
    .takes_filter = false,
    .takes = {{"dimension", "string", "Only of this dimension."},
              {"service", "string", "Only of this service."},
              {"open", "boolean", "true: only those that last."}},
    .answer = answer_findings,
    .schema = [](Writer& w) {
        w.key("until").begin_object().key("type").value("string").key("description");
        w.value("Everything before it was looked at.").end_object();
        w.key("watched").begin_object().key("type").value("integer").key("description");
        w.value("Series that were looked at.").end_object();
        w.key("sharing").begin_object().key("type").value("number").key("description");
        w.value("Series that share the budget of false pages.").end_object();
        w.key("findings").begin_object().key("type").value("array").key("items").begin_object();
        w.key("type").value("object").key("properties").begin_object();
        write_finding_schema(w);
        w.end_object().end_object().end_object();
        w.key("not_yet").begin_object().key("type").value("array").key("items").begin_object();
        w.key("type").value("object").key("properties").begin_object();
        write_schema(w, not_yet_columns);
        w.end_object().end_object().end_object();
    }};

const Route finding_route{.path = "/api/v1/findings/{id}",
                          .says = "One finding.",
                          .takes_filter = false,
                          .takes = {},
                          .answer = answer_finding,
                          .schema = write_finding_schema};

}  // namespace plimsoll::show
