#include <cmath>

#include "analyse/overlap/overlap_report.h"
#include "show/columns.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using json::Writer;

constexpr UnixNanos day = 86'400 * nanos_per_second;

const std::vector<QueryParameter> parameters{
    {"days", "integer", "The newest days of traffic that are looked at, 1 to 90; 28 if left out."}};

struct OverlapData {
    UnixNanos from = 0, to = 0;
    analyse::OverlapReport report;
};

template <class One>
void write_estimate(Writer& w, std::string_view name, const analyse::Computed<One>& one,
                    double value) {
    w.key(name).begin_object().key("value");
    std::isfinite(value) ? w.value(value) : w.null();
    w.key("low");
    one ? w.value(one->interval.low) : w.null();
    w.key("high");
    one ? w.value(one->interval.high) : w.null();
    w.key("undefined").value(one ? "" : one.why()).end_object();
}

constexpr Column<OverlapData> columns[] = {
    {"from", "string", "Start of the stretch.",
     [](Writer& w, const OverlapData& data) { w.value(to_iso8601(data.from)); }},
    {"to", "string", "Its end.",
     [](Writer& w, const OverlapData& data) { w.value(to_iso8601(data.to)); }},
    {"dimensions", "array", "Names, in the order of the configuration.",
     [](Writer& w, const OverlapData& data) {
         w.begin_array();
         for (const std::string& name : data.report.dimensions) w.value(name);
         w.end_array();
     }},
    {"effective", "number", "How many dimensions these are worth.",
     [](Writer& w, const OverlapData& data) { w.value(data.report.effective); }},
    {"advice", "string", "On their number; empty if it is 3 to 7.",
     [](Writer& w, const OverlapData& data) {
         const std::size_t count = data.report.dimensions.size();
         w.value(count < 3   ? "With fewer than three, different faults hide behind one number."
                 : count > 7 ? "With more than seven, nobody keeps all of them in mind."
                             : "");
     }},
    {"pairs", "array",
     "For each two: both-scored interactions, failures, how often they fail together, and what to "
     "do: merge, B implied by A, independent, insufficient (fewer than 50 failures).",
     [](Writer& w, const OverlapData& data) {
         w.begin_array();
         for (const analyse::OverlapPair& one : data.report.pairs) {
             const analyse::DimensionOverlap& o = one.overlap;
             w.begin_object().key("a").value(data.report.dimensions[one.a]).key("b");
             w.value(data.report.dimensions[one.b]).key("advice").value(to_word(o.advice));
             w.key("interactions").value(o.interactions).key("failures_a").value(o.failures_a);
             w.key("failures_b").value(o.failures_b);
             write_estimate(w, "phi", o.phi, analyse::phi(o.pair));
             write_estimate(w, "jaccard", o.jaccard, analyse::jaccard(o.pair));
             write_estimate(w, "b_given_a", o.b_given_a, analyse::b_given_a(o.pair));
             write_estimate(w, "a_given_b", o.a_given_b, analyse::a_given_b(o.pair));
             w.key("association_p").value(one.association_p).end_object();
         }
         w.end_array();
     }},
};

HttpAnswer answer(const Call& call) {
    const auto days = whole_number(call.request, "days", 28, 1, 90);
    if (!days)
        return error_answer(400, "not a whole number from 1 to 90", "query parameter 'days'",
                            "Send days, or leave it out.");
    record::Facts& facts = call.api.parts().facts;
    const auto range = facts.time_range();
    if (!range) return store_answer(range.error());
    OverlapData data;
    data.to = *range ? (*range)->second + 1 : call.api.parts().clock.now();
    data.from = data.to - *days * day;
    std::vector<std::string> names;
    for (const auto& dimension : call.api.deployment().scorecard->dimensions)
        names.push_back(dimension.name);
    auto report = analyse::overlap_report(facts, std::move(names), data.from, data.to);
    if (!report) return store_answer(report.error());
    data.report = std::move(*report);
    Writer w;
    w.begin_object();
    write_columns(w, columns, data);
    w.end_object();
    return json_answer(w);
}

}  // namespace

const Route overlap_route{
    .path = "/api/v1/overlap",
    .says = "Dimensions that fail on the same interactions, with the advice to merge or imply.",
    .takes_filter = false,
    .takes = parameters,
    .answer = answer,
    .schema = [](Writer& w) { write_schema(w, columns); }};

}  // namespace plimsoll::show
