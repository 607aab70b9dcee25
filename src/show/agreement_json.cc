#include "show/agreement_json.h"

namespace plimsoll::show {

using analyse::Agreement;
using analyse::AgreementLine;

void write_line(json::Writer& w, const AgreementLine& line) {
    w.begin_object().key("name").value(line.name);
    w.key("value");
    line.value ? w.value(*line.value) : w.null();
    w.key("low");
    line.interval ? w.value(line.interval->low) : w.null();
    w.key("high");
    line.interval ? w.value(line.interval->high) : w.null();
    w.key("method").value(line.method);
    if (!line.value) {
        w.key("undefined").value(line.value.why());
    } else if (!line.interval) {
        w.key("undefined").value(line.interval.why());
    }
    w.end_object();
}

void write_lines(json::Writer& w, std::string_view key, const std::vector<AgreementLine>& lines) {
    w.key(key).begin_array();
    for (const AgreementLine& line : lines) write_line(w, line);
    w.end_array();
}

void write_agreement(json::Writer& w, const Agreement& a) {
    w.key("items").value(std::uint64_t{a.items});
    w.key("compared").value(std::uint64_t{a.compared});
    w.key("without_judge").value(std::uint64_t{a.without_judge});
    w.key("without_people").value(std::uint64_t{a.without_people});
    w.key("people_split").value(std::uint64_t{a.split});
    w.key("labels").value(a.evidence.labels);
    write_lines(w, "agreement", a.judge);
    write_lines(w, "among_people", a.people);
    w.key("judge_and_one_person");
    a.judge_and_one ? write_line(w, *a.judge_and_one) : void(w.null());
    w.key("ceiling").begin_object();
    if (a.ceiling) {
        w.key("judge_max").value(a.ceiling->judge_max);
        w.key("against_truth").value(a.ceiling->against_truth);
        w.key("cut_at_one").value(a.ceiling->passes_one);
    } else {
        w.key("undefined").value(a.ceiling.why());
    }
    w.end_object();
}

void write_labels_needed(json::Writer& w, const analyse::Computed<analyse::LabelsNeeded>& needed) {
    w.begin_object();
    if (needed) {
        w.key("towards").value(to_word(needed->towards));
        w.key("even").value(needed->even).key("likely").value(needed->likely);
    } else {
        w.key("undefined").value(needed.why());
    }
    w.end_object();
}

}  // namespace plimsoll::show
