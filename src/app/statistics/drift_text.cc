#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/statistics/drift_report.h"
#include "app/statistics/times.h"
#include "show/printable.h"
#include "show/text_table.h"

namespace plimsoll::app {

namespace {

using analyse::EAlarm;
using analyse::SeriesReport;
using analyse::Week;

constexpr double day_s = 86'400;

/// Weekly means as blocks, the reference to the left of the bar; below, what was found.
std::string drawing(const SeriesReport& report) {
    constexpr const char* blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const auto [low, high] = std::ranges::minmax(report.weeks, {}, &Week::mean);
    std::string series, marks;
    for (std::size_t i = 0; i < report.weeks.size(); ++i) {
        if (i == report.reference_weeks && i > 0) series += "│", marks += " ";
        const double share =
            high.mean > low.mean ? (report.weeks[i].mean - low.mean) / (high.mean - low.mean) : .5;
        series += blocks[std::min(7, static_cast<int>(share * 8))];
        const bool after = i >= report.reference_weeks;
        const auto* verdict = after ? &report.verdicts[i - report.reference_weeks] : nullptr;
        const double begin = report.weeks[i].time_s;
        const bool paged = std::ranges::any_of(report.alarms, [&](const EAlarm& alarm) {
            return alarm.time_s >= begin && alarm.time_s < begin + 7 * day_s;
        });
        const bool odd = verdict != nullptr && verdict->test && verdict->test->p < .05;
        marks += paged ? "!" : odd ? "*" : " ";
    }
    marks.erase(marks.find_last_not_of(' ') + 1);
    return fmt::format(
        "{}  {:.4f} to {:.4f}, weekly means; │ ends the reference, ! detector, * p < "
        ".05\n{}{}",
        series, low.mean, high.mean, marks, marks.empty() ? "" : "\n");
}

std::string weeks_table(const SeriesReport& report) {
    show::TextTable table({"week", "mean", "± se", "95% expected", "p", "heuristic"});
    for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
        const Week& week = report.weeks[report.reference_weeks + i];
        const auto& [test, rule] = report.verdicts[i];
        table.add(
            {iso_of(week.time_s).substr(0, 10), fmt::format("{:.4f}", week.mean),
             fmt::format("{:.4f}", std::sqrt(week.variance)),
             test ? fmt::format("{:.4f} to {:.4f}", test->expected.low, test->expected.high) : "-",
             test ? fmt::format("{:.2g}", test->p) : "-",
             rule ? fmt::format("{:+.2f} sd{}", rule->z, rule->alarm ? " alarm" : "") : "-"});
    }
    return table.text();
}

std::string week_lines(const DriftFinding& finding) {
    const SeriesReport& report = finding.report;
    if (report.verdicts.empty()) return "";
    std::string text = weeks_table(report) + "\n";
    const auto& [test, rule] = report.verdicts.back();
    if (test) {
        text += fmt::format(
            "weekly test: {} reference weeks, mean {:.4f} ± {:.4f}, between weeks {:.4f}; last "
            "week t = {:.2f} of {:.0f}, p = {:.3g}, adjusted {:.3g}: {}\n",
            report.reference_weeks, test->mean, test->mean_error, std::sqrt(test->tau2), test->t,
            test->degrees, test->p, *finding.adjusted_p,
            *finding.adjusted_p <= drift_fdr_q ? "drift" : "no drift");
    } else {
        text += "weekly test: none, " + test.why() + "\n";
    }
    if (finding.laney) {
        const auto limits = finding.laney->limits(report.weeks.back().sessions);
        text += fmt::format(
            "Laney's p': weeks differ {:.2f} times as far as by counting; last week {} {:.4f} to "
            "{:.4f}\n",
            finding.laney->sigma_z,
            limits.contains(report.weeks.back().mean) ? "within" : "outside", limits.low,
            limits.high);
    }
    if (rule) {
        text += fmt::format(
            "heuristic (2 sd of the trailing weeks): false alarms in {:.1f}% of weeks, blind to "
            "steady declines\n",
            100 * rule->false_alarm_rate);
    }
    return text;
}

std::string score_lines(const SeriesReport& report) {
    std::string text;
    if (report.distribution) {
        const auto& drift = *report.distribution;
        text += fmt::format(
            "distribution: {}; largest difference {:.3f}, p = {:.2g}; moved {:.4f}; PSI {:.3f} "
            "where {:.3f} is chance\n",
            drift.drifted ? "drift" : "no drift", drift.largest, drift.p, drift.moved, drift.psi,
            drift.psi_without_change);
    } else {
        text += "distribution: " + report.distribution.why() + "\n";
    }
    if (report.sequence) {
        text += fmt::format(
            "mean afterwards: {:.4f}, within {:.4f} to {:.4f} however often one looks\n",
            *report.after_mean, report.sequence->low, report.sequence->high);
    } else {
        text += "mean afterwards: " + report.sequence.why() + "\n";
    }
    return text;
}

std::string detector_lines(const SeriesReport& report) {
    if (!report.baseline) return "detector: none, " + report.baseline.why() + "\n";
    if (report.threshold == 0) return "detector: nothing after the reference\n";
    std::string text = fmt::format(
        "detector: a mean loss from {:.4f} to {:.4f} counts as unchanged (reference {:.4f}, "
        "tolerance {:.4f})\n"
        "  threshold {:.4g}: without change at least that many sessions ({:.0f} days at {:.0f} a "
        "day) to a false alarm, expected\n",
        report.baseline->low, report.baseline->high, report.baseline->mean,
        report.baseline->tolerance, report.threshold, report.threshold / report.sessions_per_day,
        report.sessions_per_day);
    for (std::size_t i = 0; i < report.alarms.size() && i < 3; ++i) {
        const EAlarm& alarm = report.alarms[i];
        text += fmt::format(
            "  {} at {}, session {} after the reference ({:.2f} days), evidence {:.3g} of {:.3g}\n",
            alarm.direction == analyse::Direction::score_fell ? "score fell" : "score rose",
            iso_of(alarm.time_s), alarm.session, (alarm.time_s - report.reference_end_s) / day_s,
            alarm.value, alarm.threshold);
    }
    if (report.alarms.size() > 3) {
        text += fmt::format("  and {} more, since the change stayed\n", report.alarms.size() - 3);
    }
    if (report.alarms.empty()) {
        text += fmt::format(
            "  no alarm; evidence stands at {:.2g} (fell) and {:.2g} (rose) of the threshold\n",
            report.level_fell, report.level_rose);
    }
    if (report.refused > 0) {
        text += fmt::format(
            "  {} sessions refused: weight above the largest of the reference; the sampler "
            "changed\n",
            report.refused);
    }
    return text;
}

}  // namespace

std::string drift_text(std::span<const DriftFinding> findings) {
    std::string text;
    for (const DriftFinding& finding : findings) {
        if (!finding.name.empty()) text += "== " + show::printable(finding.name) + "\n";
        text += drawing(finding.report) + "\n" + week_lines(finding);
        if (finding.scores) text += score_lines(finding.report) + detector_lines(finding.report);
        text += "\n";
    }
    return text + drift_changes_text(findings);
}

}  // namespace plimsoll::app
