#include "traffic/evaluate.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "traffic/two_sd_rule.h"

namespace plimsoll::bench {
namespace {

using record::Finding;
using record::FindingKind;

constexpr UnixNanos hour = 3'600 * nanos_per_second, day = 24 * hour;
constexpr UnixNanos near = 3 * day;

/// Kinds that an event may be found as.
bool may_be(const KnownEvent& event, FindingKind kind) {
    const bool score = kind == FindingKind::score_drift || kind == FindingKind::slice_drift ||
                       kind == FindingKind::distribution_drift;
    if (event.kind == "score" || event.kind == "slice") return score;
    if (event.kind == "latency") return kind == FindingKind::latency_drift;
    if (event.kind == "cost") return kind == FindingKind::cost_drift;
    if (event.kind == "calibration") return kind == FindingKind::calibration_drift;
    if (event.kind == "mix") return kind == FindingKind::mix_shift;
    if (event.kind == "coverage") return kind == FindingKind::coverage_gap;
    return false;
}

/// May follow from the event, though it is not what the event must be found as: a model that
/// changed moves latency and cost too.
bool follows(const KnownEvent& event, const Finding& finding) {
    if (event.kind == "benign" || event.kind == "privacy") return false;
    return event.service.empty() || finding.service.empty() || event.service == finding.service;
}

bool began_with(const KnownEvent& event, const Finding& finding) {
    const UnixNanos last = event.shape == "ramp" ? event.end : event.start;
    return (finding.since >= event.start - near && finding.since <= last + near) ||
           (finding.since_earliest <= last + day && finding.since_latest >= event.start - day);
}

bool began_at_the_end(const KnownEvent& event, const Finding& finding) {
    return std::abs(finding.since - event.end) <= near;
}

bool in_slice(const std::map<std::string, std::string>& slice, const TruthRow& row,
              const Known& known) {
    return std::ranges::all_of(slice, [&](const auto& wanted) {
        return std::ranges::any_of(row.attributes, [&](const auto& one) {
            return known.words[one.first] == wanted.first &&
                   known.words[one.second] == wanted.second;
        });
    });
}

/// Of the interactions while the event lasted, two weeks at most.
double jaccard_of(const KnownEvent& event, const Finding& finding, const Known& known) {
    double both = 0, either = 0;
    const UnixNanos end = std::min(event.end, event.start + 14 * day);
    for (const TruthRow& row : known.rows) {
        if (row.time < event.start || row.time >= end) continue;
        const std::string& service = known.words[row.service];
        const bool in_event = (event.service.empty() || service == event.service) &&
                              in_slice(event.slice, row, known);
        const bool in_finding = (finding.service.empty() || service == finding.service) &&
                                in_slice(finding.slice, row, known);
        both += in_event && in_finding;
        either += in_event || in_finding;
    }
    return either > 0 ? both / either : 0;
}

bool names(const std::string& causes, const std::string& element) {
    const std::string joined = " + " + causes + " + ";
    return joined.find(" + " + element + " + ") != joined.npos;
}

void judge_cause(EventResult& result) {
    const Finding& finding = *result.best;
    const std::string wanted = result.event->element == "traffic" ? "mix" : result.event->element;
    if (finding.causes.empty()) {
        result.said = finding.answer.empty() ? "nothing" : finding.answer;
        result.cause_named = result.cause_alone = wanted == "none";
        return;
    }
    const auto& first = finding.causes.front();
    result.said = first.from.empty() && first.to.empty()
                      ? first.element
                      : fmt::format("{} {} → {}", first.element, first.from, first.to);
    result.cause_alone = first.element == wanted;
    result.cause_named = names(first.element, wanted);
}

void judge_rule(const std::vector<RuleAlarm>& alarms, EventResult& result) {
    const KnownEvent& event = *result.event;
    for (const RuleAlarm& alarm : alarms) {
        const UnixNanos at = alarm.week + 7 * day;
        if (alarm.service != event.service || at <= event.start || alarm.week >= event.end)
            continue;
        if (!event.slice.empty() && !alarm.attribute.empty() &&
            !event.slice.contains(alarm.attribute))
            continue;
        const double delay = static_cast<double>(at - event.start) / static_cast<double>(hour);
        if (delay > 14 * 24) continue;
        if (!result.rule_found || delay < result.rule_delay_h) result.rule_delay_h = delay;
        result.rule_found = true;
    }
}

EventResult result_of(const KnownEvent& event, const std::vector<Finding>& findings,
                      const Known& known, const std::vector<RuleAlarm>& alarms) {
    EventResult result;
    result.event = &event;
    for (const Finding& finding : findings) {
        if (!follows(event, finding)) continue;
        if (began_at_the_end(event, finding) && !finding.worse) result.recovery_noted = true;
        if (!may_be(event, finding.kind) || !began_with(event, finding)) continue;
        if (event.must_alert && !finding.worse && event.kind != "calibration") continue;
        if (finding.ended && event.kind != "coverage") result.recovery_noted = true;
        const double jaccard = jaccard_of(event, finding, known);
        if (!result.first || finding.found < result.first->found) result.first = &finding;
        // The nearest slice; of equals the leading finding, then the one with most evidence.
        if (!result.best || jaccard > result.jaccard + 1e-9 ||
            (jaccard > result.jaccard - 1e-9 && finding.leader.empty() &&
             !result.best->leader.empty())) {
            result.best = &finding;
            result.jaccard = jaccard;
        }
        result.paged |= finding.pages;
    }
    if (result.first) {
        result.delay_h =
            static_cast<double>(result.first->found - event.start) / static_cast<double>(hour);
        judge_cause(result);
    }
    judge_rule(alarms, result);
    return result;
}

double median(std::vector<double> values) {
    if (values.empty()) return NAN;
    std::ranges::sort(values);
    return values[values.size() / 2];
}

}  // namespace

Evaluation evaluate(const std::vector<Finding>& findings, const Known& known) {
    Evaluation evaluation;
    const auto alarms = two_sd_rule(known, &evaluation.rule_series);
    for (const KnownEvent& event : known.events)
        evaluation.events.push_back(result_of(event, findings, known, alarms));
    const auto explained = [&](const Finding& finding) {
        return std::ranges::any_of(known.events, [&](const KnownEvent& event) {
            return follows(event, finding) &&
                   (began_with(event, finding) || began_at_the_end(event, finding));
        });
    };
    std::set<std::string> explained_ids;
    for (const Finding& finding : findings)
        if (explained(finding)) explained_ids.insert(finding.id);
    for (const Finding& finding : findings) {
        if (explained_ids.contains(finding.id) || explained_ids.contains(finding.leader)) continue;
        if (!finding.worse) {
            ++evaluation.improvements_outside;
        } else if (finding.leader.empty()) {
            evaluation.false_alarms.push_back(&finding);
            if (finding.pages) evaluation.false_pages.push_back(&finding);
        }
    }
    std::size_t outside = 0;
    for (const RuleAlarm& alarm : alarms)
        outside += std::ranges::none_of(known.events, [&](const KnownEvent& event) {
            return event.must_alert && event.service == alarm.service &&
                   alarm.week + 7 * day > event.start && alarm.week < event.end;
        });
    if (!known.rows.empty()) {
        const double weeks =
            static_cast<double>(known.rows.back().time - known.rows.front().time) / (7.0 * day) - 8;
        evaluation.rule_alarms_a_week = weeks > 0 ? static_cast<double>(outside) / weeks : 0;
    }
    return evaluation;
}

std::string to_text(const Evaluation& evaluation) {
    std::string text =
        "| event | what | found | paged | delay | cause, as said | slice Jaccard | two-SD rule |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |\n";
    std::size_t wanted = 0, found = 0, paged = 0, named = 0, alone = 0, slices = 0, near_slices = 0,
                rule = 0;
    std::vector<double> delays, rule_delays;
    for (const EventResult& result : evaluation.events) {
        const KnownEvent& event = *result.event;
        if (event.kind == "benign" || event.kind == "privacy") continue;
        const auto days = [](double hours) { return fmt::format("{:.1f} d", hours / 24); };
        text += fmt::format(
            "| {} | {} | {} | {} | {} | {} | {} | {} |\n", event.id, event.says,
            result.first ? "yes" : "**no**", result.paged ? "yes" : "no",
            result.first ? days(result.delay_h) : "-",
            result.first ? fmt::format("{}{}", result.said, result.cause_named ? "" : " (wrong)")
                         : "-",
            result.first && !event.slice.empty() ? fmt::format("{:.2f}", result.jaccard) : "-",
            result.rule_found ? days(result.rule_delay_h) : "-");
        if (!event.must_alert) continue;
        ++wanted;
        found += result.first != nullptr;
        paged += result.paged;
        named += result.cause_named;
        alone += result.cause_alone;
        rule += result.rule_found;
        if (result.first && (event.kind == "slice" || event.kind == "score"))
            delays.push_back(result.delay_h);
        if (result.rule_found) rule_delays.push_back(result.rule_delay_h);
        if (event.slice.empty()) continue;
        ++slices;
        near_slices += result.first && result.jaccard >= .8;
    }
    text += fmt::format(
        "\nMust alert: {} of {} found (aim: all but one), {} paged. Cause at the top: {} ({} "
        "alone; "
        "aim: all but two). Slice within Jaccard .8: {} of {} (aim: all but one). Median delay of "
        "score events {:.1f} days.\nFalse alarms outside events: {} (aim: at most 2), of them {} "
        "that page; improvements that nothing explains: {}.\nThe two-SD rule on the judges' "
        "verdicts: {} of {} events, median {:.1f} days, {:.1f} alarms a week outside events, over "
        "{} series.\n",
        found, wanted, paged, named, alone, near_slices, slices, median(delays) / 24,
        evaluation.false_alarms.size(), evaluation.false_pages.size(),
        evaluation.improvements_outside, rule, wanted, median(rule_delays) / 24,
        evaluation.rule_alarms_a_week, evaluation.rule_series);
    for (const Finding* one : evaluation.false_alarms)
        text += fmt::format("- false alarm{}: {}\n", one->pages ? " (page)" : "", one->says);
    return text;
}

}  // namespace plimsoll::bench
