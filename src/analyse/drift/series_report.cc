#include "analyse/drift/series_report.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "analyse/drift/confidence_sequence.h"
#include "analyse/stats/cluster_variance.h"
#include "analyse/stats/wilson.h"

namespace plimsoll::analyse {

namespace {

constexpr double day_s = 86'400, week_s = 7 * day_s;
constexpr std::size_t trailing_weeks = 8;

/// Between clusters; between scores if there are too few clusters; Wilson's width if all is alike.
double variance_of(const ClusteredSums& sums) {
    const auto between = cluster_variance(sums);
    const double variance = between ? between->variance : sums.all.process_variance();
    if (variance > 0) return variance;
    const double n = sums.all.kish_count();
    return std::pow(wilson(sums.all.mean() * n, n).width() / (2 * z_95_two_sided), 2);
}

std::vector<double> means_of(std::span<const Week> weeks) {
    std::vector<double> means;
    for (const Week& week : weeks) means.push_back(week.mean);
    return means;
}

ClusteredSums sums_of(std::span<const ScoredSession> sessions) {
    ClusteredSums sums;
    for (const ScoredSession& one : sessions) sums.add(one.weight, one.score, one.cluster);
    return sums;
}

Computed<Interval> sequence_of(std::span<const ScoredSession> sessions, double per_day) {
    if (sessions.empty()) return Undefined{"nothing scored"};
    const ClusteredSums sums = sums_of(sessions);
    const double variance = variance_of(sums);
    const auto margin =
        asymptotic_sequence(sums.all.mean(), std::sqrt(variance),
                            effective_count(sums.all, variance), std::max(per_day, 1.0));
    if (!margin) return Undefined{margin.why()};
    return clamped(*margin, 0, 1);
}

void watch(SeriesReport& report, std::span<const ScoredSession> after, double weight_max,
           const SeriesOptions& options) {
    if (!report.baseline || after.empty()) return;
    report.threshold = page_threshold(options.series, report.sessions_per_day, options.false_pages);
    EDetector detector({{*report.baseline, weight_max}}, {.threshold = report.threshold});
    for (const ScoredSession& one : after) {
        const auto taken = detector.update(one.time_s, one.weight, one.score);
        if (taken == EDetector::Taken::alarm) report.alarms.push_back(*detector.last_alarm());
    }
    report.refused = detector.refused();
    report.level_fell = detector.level(Direction::score_fell);
    report.level_rose = detector.level(Direction::score_rose);
}

}  // namespace

std::vector<WeekVerdict> week_verdicts(std::span<const Week> weeks, std::size_t reference_weeks) {
    reference_weeks = std::min(reference_weeks, weeks.size());
    const auto reference = weeks.first(reference_weeks);
    const std::vector<double> means = means_of(weeks);
    std::vector<double> variances;
    for (const Week& week : reference) variances.push_back(week.variance);
    std::vector<WeekVerdict> verdicts;
    for (std::size_t i = reference_weeks; i < weeks.size(); ++i) {
        const std::size_t trailing = std::min(i, trailing_weeks);
        verdicts.push_back(
            {weekly_test(std::span(means).first(reference_weeks), variances, weeks[i].mean,
                         weeks[i].variance),
             two_sigma_rule(std::span(means).subspan(i - trailing, trailing), weeks[i].mean)});
    }
    return verdicts;
}

std::vector<Week> weeks_of(std::span<const ScoredSession> sessions) {
    std::vector<Week> weeks;
    while (!sessions.empty()) {
        const double begin =
            weeks.empty()
                ? sessions.front().time_s
                : weeks.front().time_s +
                      week_s *
                          std::floor((sessions.front().time_s - weeks.front().time_s) / week_s);
        const auto end = std::ranges::find_if(
            sessions, [&](const ScoredSession& one) { return one.time_s >= begin + week_s; });
        const auto count = static_cast<std::size_t>(end - sessions.begin());
        const ClusteredSums sums = sums_of(sessions.first(count));
        weeks.push_back({begin, sums.all.mean(), variance_of(sums), static_cast<double>(count)});
        sessions = sessions.subspan(count);
    }
    return weeks;
}

SeriesReport series_report(std::span<const ScoredSession> sessions, const SeriesOptions& options) {
    const auto by_time = [](const ScoredSession& one) { return one.time_s; };
    assert(std::ranges::is_sorted(sessions, {}, by_time));
    const auto split = std::ranges::lower_bound(sessions, options.reference_end_s, {}, by_time);
    const auto before = sessions.first(static_cast<std::size_t>(split - sessions.begin()));
    const auto after = sessions.subspan(before.size());

    SeriesReport report;
    report.reference_end_s = options.reference_end_s;
    report.reference_sessions = before.size();
    report.after_sessions = after.size();
    report.weeks = weeks_of(sessions);
    report.reference_weeks =
        static_cast<std::size_t>(std::ranges::count_if(report.weeks, [&](const Week& week) {
            return week.time_s + week_s <= options.reference_end_s + 1;
        }));
    report.verdicts = week_verdicts(report.weeks, report.reference_weeks);

    DriftReference reference;
    for (const ScoredSession& one : before) reference.update(one);
    double weight_max = reference.weight_max;
    if (before.empty()) {
        for (const ScoredSession& one : after) weight_max = std::max(weight_max, one.weight);
    } else {
        report.reference_mean = 1 - reference.losses.all.all.mean();
    }
    report.baseline = options.objective ? Computed(fixed_baseline(*options.objective))
                                        : baseline_of(reference.losses);
    if (after.empty()) return report;
    const ClusteredSums sums = sums_of(after);
    report.after_mean = sums.all.mean();
    const auto all = before.size() >= reference_sessions_min ? before : after;
    const double days = (all.back().time_s - all.front().time_s) / day_s;
    report.sessions_per_day = static_cast<double>(all.size()) / std::max(days, 1.0);
    report.sequence = sequence_of(after, report.sessions_per_day);

    ScoreHistogram current;
    for (const ScoredSession& one : after) current.add(one.weight, one.score);
    const auto effect = [](const ClusteredSums& of) {
        return of.all.n == 0 ? 1 : std::max(1.0, design_effect(of.all, variance_of(of)));
    };
    report.distribution =
        distribution_drift(reference.scores, current, effect(reference.losses.all), effect(sums));
    watch(report, after, weight_max, options);
    return report;
}

}  // namespace plimsoll::analyse
