#include <fmt/format.h>

#include "show/agreement_json.h"
#include "show/columns.h"
#include "show/routes.h"

namespace plimsoll::show {

namespace {

using analyse::EvaluatorReport;
using json::Writer;

void write_time(Writer& w, std::optional<UnixNanos> time) {
    time ? w.value(to_iso8601(*time)) : w.null();
}

std::string_view to_word(analyse::Relabelling step) {
    switch (step) {
        case analyse::Relabelling::label_more:
            return "label_more";
        case analyse::Relabelling::reopen:
            return "reopen";
        case analyse::Relabelling::stay_closed:
            return "stay_closed";
        case analyse::Relabelling::undecided:
            return "undecided";
    }
    return "";
}

constexpr Column<EvaluatorReport> columns[] = {
    {"dimension", "string", "",
     [](Writer& w, const EvaluatorReport& one) { w.value(one.name.dimension); }},
    {"evaluator", "string", "",
     [](Writer& w, const EvaluatorReport& one) { w.value(one.name.evaluator); }},
    {"kind", "string", "check or judge; empty if it is no longer configured.",
     [](Writer& w, const EvaluatorReport& one) { w.value(one.name.kind); }},
    {"version", "string", "The one at work; another one starts from no labels.",
     [](Writer& w, const EvaluatorReport& one) { w.value(one.name.version); }},
    {"rubric", "string", "Version of its rubric; labels under others do not count.",
     [](Writer& w, const EvaluatorReport& one) { w.value(one.name.rubric); }},
    {"trust", "string",
     "closed: reaches nobody; provisional: tickets, never pages; open: may page.",
     [](Writer& w, const EvaluatorReport& one) { w.value(analyse::to_word(one.trust.trust)); }},
    {"why", "string", "For a person.",
     [](Writer& w, const EvaluatorReport& one) { w.value(one.trust.why); }},
    {"probability", "number", "That agreement is above the threshold, faded labels.",
     [](Writer& w, const EvaluatorReport& one) { w.value(one.trust.probability); }},
    {"threshold", "number", "Of Matthews' correlation, or of Spearman's if labels are graded.",
     [](Writer& w, const EvaluatorReport& one) { w.value(one.trust.agreement.rules.threshold); }},
    {"labels_needed", "object", "More labels until the gate can decide.",
     [](Writer& w, const EvaluatorReport& one) {
         write_labels_needed(w, one.trust.agreement.needed);
     }},
    {"scale", "string", "Of the labels: binary or graded.",
     [](Writer& w, const EvaluatorReport& one) {
         w.value(analyse::to_word(one.trust.agreement.scale));
     }},
    {"figures", "object", "Agreement with its intervals, among people, and what a judge can reach.",
     [](Writer& w, const EvaluatorReport& one) {
         w.begin_object();
         write_agreement(w, one.trust.agreement);
         w.end_object();
     }},
    {"weighted", "boolean", "Labels count by 1 / the probability with which they were drawn.",
     [](Writer& w, const EvaluatorReport& one) { w.value(one.trust.weighted); }},
    {"left_out", "integer", "Items of unknown probability that do not count beside drawn ones.",
     [](Writer& w, const EvaluatorReport& one) { w.value(one.trust.left_out); }},
    {"unsure", "integer", "Labels without a score.",
     [](Writer& w, const EvaluatorReport& one) { w.value(one.unsure); }},
    {"by_hand", "integer", "Labels whose probability nobody knows.",
     [](Writer& w, const EvaluatorReport& one) { w.value(one.by_hand); }},
    {"confusion", "object", "Items; fail is a score below .5.",
     [](Writer& w, const EvaluatorReport& one) {
         const analyse::Confusion& c = one.trust.confusion;
         w.begin_object().key("both_fail").value(c.tp).key("only_evaluator_fails").value(c.fp);
         w.key("only_people_fail").value(c.fn).key("both_pass").value(c.tn).end_object();
     }},
    {"weeks", "array", "The gate's steps, oldest first; the last week runs.",
     [](Writer& w, const EvaluatorReport& one) {
         w.begin_array();
         for (const analyse::TrustWeek& week : one.trust.weeks) {
             w.begin_object().key("begins").value(to_iso8601(week.begins));
             w.key("labels").value(week.labels).key("agreement");
             write_line(w, week.agreement);
             w.key("trust").value(analyse::to_word(week.trust));
             w.key("probability").value(week.probability).key("why").value(week.why).end_object();
         }
         w.end_array();
     }},
    {"slices", "array", "Those with ten labels or more; useless: agreement there is too low.",
     [](Writer& w, const EvaluatorReport& one) {
         w.begin_array();
         for (const analyse::SliceTrust& slice : one.trust.slices) {
             w.begin_object().key("attribute").value(slice.attribute).key("value");
             w.value(slice.value).key("labels").value(slice.labels).key("agreement");
             write_line(w, slice.agreement);
             w.key("probability").value(slice.probability).key("useless").value(slice.useless);
             w.end_object();
         }
         w.end_array();
     }},
    {"misses", "array", "Where people say otherwise, the newest 50.",
     [](Writer& w, const EvaluatorReport& one) {
         w.begin_array();
         for (const analyse::Miss& miss : one.trust.misses)
             w.begin_object()
                 .key("interaction")
                 .value(miss.item)
                 .key("score")
                 .value(miss.score)
                 .key("people")
                 .value(miss.people)
                 .key("labelled")
                 .value(to_iso8601(miss.labelled))
                 .end_object();
         w.end_array();
     }},
    {"earlier", "array", "What other versions had come to.",
     [](Writer& w, const EvaluatorReport& one) {
         w.begin_array();
         for (const analyse::EarlierVersion& earlier : one.earlier) {
             w.begin_object().key("version").value(earlier.version).key("labels");
             w.value(earlier.labels).key("agreement");
             write_line(w, earlier.agreement);
             w.end_object();
         }
         w.end_array();
     }},
    {"suspended", "string", "Since when its sentinels say it may be another judge; null if never.",
     [](Writer& w, const EvaluatorReport& one) { write_time(w, one.suspended); }},
    {"relabelling", "string", "While suspended: label_more, reopen, stay_closed or undecided.",
     [](Writer& w, const EvaluatorReport& one) {
         one.trust.relabelling ? w.value(to_word(*one.trust.relabelling)) : w.null();
     }},
    {"due", "string", "When it is to be calibrated anew, at the latest; null: now.",
     [](Writer& w, const EvaluatorReport& one) { write_time(w, one.trust.due); }},
};

constexpr Column<record::TrustEvent> event_columns[] = {
    {"time", "string", "", [](Writer& w, const auto& one) { w.value(to_iso8601(one.time)); }},
    {"dimension", "string", "", [](Writer& w, const auto& one) { w.value(one.dimension); }},
    {"evaluator", "string", "", [](Writer& w, const auto& one) { w.value(one.evaluator); }},
    {"version", "string", "", [](Writer& w, const auto& one) { w.value(one.version); }},
    {"step", "string", "labels, new_version or suspended.",
     [](Writer& w, const auto& one) { w.value(to_word(one.step)); }},
    {"before", "string", "Empty the first time.",
     [](Writer& w, const auto& one) { w.value(one.before); }},
    {"after", "string", "", [](Writer& w, const auto& one) { w.value(one.after); }},
    {"probability", "number", "", [](Writer& w, const auto& one) { w.value(one.probability); }},
    {"why", "string", "", [](Writer& w, const auto& one) { w.value(one.why); }},
};

template <class Row, std::size_t count>
void write_items_schema(Writer& w, std::string_view name, const Column<Row> (&of)[count]) {
    w.key(name).begin_object().key("type").value("array").key("items").begin_object();
    w.key("type").value("object").key("properties").begin_object();
    write_schema(w, of);
    w.end_object().end_object().end_object();
}

HttpAnswer answer_trust(const Call& call) {
    analyse::TrustBook* const book = call.api.parts().trust;
    if (book == nullptr)
        return error_answer(503, "this server keeps no labels", "/api/v1/trust",
                            "Start `plimsoll serve`.");
    const auto page = book->read();
    if (!page) return store_answer(page.error());
    Writer w;
    w.begin_object().key("computed").value(to_iso8601((*page)->computed));
    w.key("evaluators").begin_array();
    for (const EvaluatorReport& one : (*page)->evaluators) {
        w.begin_object();
        write_columns(w, columns, one);
        w.end_object();
    }
    w.end_array().key("events").begin_array();
    for (const record::TrustEvent& event : (*page)->events) {
        w.begin_object();
        write_columns(w, event_columns, event);
        w.end_object();
    }
    w.end_array().end_object();
    return json_answer(w);
}

}  // namespace

const Route trust_route{
    .path = "/api/v1/trust",
    .says = "What each evaluator may do, and why: its agreement with people.",
    .takes_filter = false,
    .takes = {},
    .answer = answer_trust,
    .schema = [](Writer& w) {
        w.key("computed").begin_object().key("type").value("string").end_object();
        write_items_schema(w, "evaluators", columns);
        write_items_schema(w, "events", event_columns);
    }};

}  // namespace plimsoll::show
