#include <cmath>

#include "app/statistics/drift_report.h"
#include "app/statistics/times.h"
#include "base/json.h"

namespace plimsoll::app {

namespace {

using analyse::Computed;
using analyse::EAlarm;
using analyse::SeriesReport;
using analyse::Week;

template <class T, class Write>
void write(json::Writer& w, const char* key, const Computed<T>& computed, Write&& members) {
    w.key(key).begin_object();
    if (computed) {
        members(*computed);
    } else {
        w.key("undefined").value(computed.why());
    }
    w.end_object();
}

void write_weeks(json::Writer& w, const DriftFinding& finding) {
    const SeriesReport& report = finding.report;
    w.key("reference_weeks").value(std::uint64_t{report.reference_weeks});
    write(w, "laney", finding.laney, [&](const analyse::LaneyChart& chart) {
        const analyse::Interval limits = chart.limits(report.weeks.back().sessions);
        w.key("rate").value(chart.rate).key("sigma_z").value(chart.sigma_z);
        w.key("low").value(limits.low).key("high").value(limits.high);
    });
    w.key("adjusted_p").value(finding.adjusted_p).key("weeks").begin_array();
    for (std::size_t i = 0; i < report.weeks.size(); ++i) {
        const Week& week = report.weeks[i];
        w.begin_object().key("time").value(iso_of(week.time_s)).key("mean").value(week.mean);
        w.key("standard_error").value(std::sqrt(week.variance));
        w.key("sessions").value(week.sessions);
        if (i >= report.reference_weeks) {
            const auto& [test, rule] = report.verdicts[i - report.reference_weeks];
            write(w, "test", test, [&](const analyse::WeeklyTest& t) {
                w.key("reference_mean").value(t.mean).key("reference_error").value(t.mean_error);
                w.key("tau2").value(t.tau2).key("prediction_error").value(t.prediction_error);
                w.key("t").value(t.t).key("degrees").value(t.degrees).key("p").value(t.p);
                w.key("expected_low").value(t.expected.low);
                w.key("expected_high").value(t.expected.high);
            });
            write(w, "heuristic", rule, [&](const analyse::TwoSigma& r) {
                w.key("z").value(r.z).key("alarm").value(r.alarm);
                w.key("false_alarm_rate").value(r.false_alarm_rate);
            });
        }
        w.end_object();
    }
    w.end_array();
}

void write_scores(json::Writer& w, const SeriesReport& report) {
    w.key("reference_sessions").value(report.reference_sessions);
    w.key("after_sessions").value(report.after_sessions);
    w.key("reference_mean").value(report.reference_mean).key("after_mean").value(report.after_mean);
    write(w, "distribution", report.distribution, [&](const analyse::DistributionDrift& d) {
        w.key("drifted").value(d.drifted).key("largest_difference").value(d.largest);
        w.key("p").value(d.p).key("moved").value(d.moved);
        w.key("effective_count").value(d.effective_count).key("psi").value(d.psi);
        w.key("psi_without_change").value(d.psi_without_change).key("psi_p").value(d.psi_p);
        w.key("jensen_shannon").value(d.jensen_shannon);
        w.key("jensen_shannon_p").value(d.jensen_shannon_p);
    });
    write(w, "mean_always_within", report.sequence, [&](const analyse::Interval& interval) {
        w.key("low").value(interval.low).key("high").value(interval.high);
    });
    write(w, "baseline", report.baseline, [&](const analyse::LossBaseline& b) {
        w.key("mean_loss").value(b.mean).key("low").value(b.low).key("high").value(b.high);
        w.key("tolerance").value(b.tolerance).key("tau_day").value(b.tau_day);
        w.key("days").value(std::uint64_t{b.days});
        w.key("hour_of_week").value(!b.hour_shift.empty());
    });
    w.key("threshold").value(report.threshold);
    w.key("sessions_per_day").value(report.sessions_per_day);
    w.key("refused").value(report.refused).key("level_fell").value(report.level_fell);
    w.key("level_rose").value(report.level_rose).key("alarms").begin_array();
    for (const EAlarm& alarm : report.alarms) {
        w.begin_object().key("direction");
        w.value(alarm.direction == analyse::Direction::score_fell ? "fell" : "rose");
        w.key("time").value(iso_of(alarm.time_s)).key("session").value(alarm.session);
        w.key("value").value(alarm.value).key("threshold").value(alarm.threshold).end_object();
    }
    w.end_array();
}

void write_changes(json::Writer& w, const DriftFinding& finding) {
    write(w, "changes", finding.changes, [&](const analyse::SeriesChanges& all) {
        w.key("nothing_changed").value(all.none).key("between_buckets").value(all.tau);
        w.key("found").begin_array();
        for (const analyse::SeriesChange& change : all.changes) {
            w.begin_object().key("probability").value(change.probability);
            w.key("time").value(iso_of(change.time_s));
            w.key("earliest").value(iso_of(change.earliest_s));
            w.key("latest").value(iso_of(change.latest_s));
            w.key("before").value(change.before).key("after").value(change.after);
            w.key("effect").value(change.effect.value);
            w.key("effect_error").value(change.effect.standard_error);
            w.key("effect_low").value(change.effect.interval.low);
            w.key("effect_high").value(change.effect.interval.high);
            w.key("named").begin_array();
            for (const std::string& name : change.named()) w.value(name);
            w.end_array().key("events").begin_array();
            for (const analyse::EventShare& event : change.events) {
                w.begin_object().key("what").value(event.what);
                w.key("probability").value(event.probability).end_object();
            }
            w.end_array().end_object();
        }
        w.end_array();
    });
}

}  // namespace

std::string drift_json(std::span<const DriftFinding> findings) {
    json::Writer w;
    w.begin_object().key("series").begin_array();
    for (const DriftFinding& finding : findings) {
        w.begin_object().key("name").value(finding.name);
        write_weeks(w, finding);
        if (finding.scores) write_scores(w, finding.report);
        write_changes(w, finding);
        w.end_object();
    }
    return std::string(w.end_array().end_object().text());
}

}  // namespace plimsoll::app
