#include <map>

#include "analyse/coverage/coverage.h"
#include "base/time.h"
#include "show/columns.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using analyse::Share;
using json::Writer;
using record::TraitCounts;

const std::vector<QueryParameter> parameters{
    {"step", "integer", "Seconds of one stretch of time; 0, as if left out: all in one."}};

void write_counts(Writer& w, const TraitCounts& counts) {
    w.key("interactions").value(counts.interactions).key("dropped").value(counts.dropped);
    w.key("sessions").value(counts.sessions).key("shares").begin_object();
    for (const Share& share : analyse::coverage_of(counts)) {
        w.key(share.kind->name).begin_object();
        w.key("with").value(share.with).key("of").value(share.among).key("share");
        if (const auto value = share.value())
            w.value(*value);
        else
            w.null();
        w.end_object();
    }
    w.end_object();
}

/// What a dimension could not score, and why.
void write_unscored(Writer& w, const std::vector<record::ScoreSums>& sums) {
    w.key("dimensions").begin_array();
    for (const record::ScoreSums& each : sums) {
        if (!each.evaluator.empty()) continue;  // The dimension as a whole.
        const std::uint64_t all = each.scored + each.unscored + each.unasked;
        w.begin_object().key("dimension").value(each.dimension).key("scored").value(each.scored);
        w.key("unscored").value(each.unscored).key("unasked").value(each.unasked);
        w.key("unscored_share");
        if (all > 0)
            w.value(static_cast<double>(each.unscored) / static_cast<double>(all));
        else
            w.null();
        w.key("reasons").begin_object();
        for (const auto& [reason, count] : each.reasons) w.key(reason).value(count);
        w.end_object().end_object();
    }
    w.end_array();
}

HttpAnswer answer_coverage(const Call& call) {
    const auto step = whole_number(call.request, "step", 0, 0, 366 * 86'400);
    if (!step)
        return error_answer(400, "step is not a number of seconds", "step", "Like step=86400.");
    record::Facts& facts = call.api.parts().facts;
    const auto counts = facts.trait_counts(call.filter, *step * nanos_per_second);
    if (!counts) return store_answer(counts.error());
    const auto sums = facts.score_sums(call.filter);
    if (!sums) return store_answer(sums.error());
    Writer w;
    w.begin_object().key("all").begin_object();
    write_counts(w, analyse::sum_of(*counts));
    w.end_object().key("stretches").begin_array();
    for (const TraitCounts& each : *counts) {
        w.begin_object().key("time").value(to_iso8601(each.time));
        w.key("service").value(each.service);
        write_counts(w, each);
        w.end_object();
    }
    w.end_array().key("kinds").begin_array();
    for (const analyse::ShareKind& kind : analyse::share_kinds)
        w.begin_object()
            .key("name")
            .value(kind.name)
            .key("says")
            .value(kind.says)
            .key("of")
            .value(kind.of)
            .key("wanted")
            .value(kind.wanted)
            .end_object();
    w.end_array();
    write_unscored(w, *sums);
    w.end_object();
    return json_answer(w);
}

void write_schema(Writer& w) {
    const auto field = [&](std::string_view name, std::string_view type, std::string_view says) {
        w.key(name)
            .begin_object()
            .key("type")
            .value(type)
            .key("description")
            .value(says)
            .end_object();
    };
    field("all", "object",
          "interactions, dropped (attributes and events, as clients say), sessions, "
          "and shares by name: with, of, share (null if of nothing).");
    field("stretches", "array", "The same by time and service.");
    field("kinds", "array", "What the shares mean: name, says, of, wanted (higher is better).");
    field("dimensions", "array",
          "What each dimension could not score and why: scored, unscored, unasked, "
          "unscored_share, reasons.");
}

}  // namespace

const Route coverage_route{"/api/v1/coverage",
                           "How much of the traffic could be seen, and what could not be scored.",
                           true,
                           parameters,
                           answer_coverage,
                           write_schema};

}  // namespace plimsoll::show
