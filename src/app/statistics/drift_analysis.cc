#include "app/statistics/drift_analysis.h"

#include <algorithm>

#include <fmt/format.h>

#include "analyse/attribution/day_buckets.h"
#include "analyse/drift/young_series.h"
#include "analyse/stats/false_discovery.h"
#include "app/statistics/times.h"

namespace plimsoll::app {

namespace {

using analyse::Week;

constexpr double day_s = 86'400;

/// "14d", "8w", or a time.
Result<double> reference_end(const std::string& word, double begin) {
    if (word.ends_with('d') || word.ends_with('w')) {
        const auto number = number_of(word.substr(0, word.size() - 1));
        if (number && *number > 0) return begin + *number * day_s * (word.back() == 'w' ? 7 : 1);
    }
    if (const auto end = seconds_of(word)) return *end;
    return Error{fmt::format(
        "--reference {}: write 8w, 14d, or the time at which the reference ends", word)};
}

Result<Done> analyse_weeks(DriftFinding& finding, const DriftSeries& series,
                           std::span<const analyse::SeriesEvent> events,
                           const DriftOptions& options) {
    const std::vector<Week>& weeks = finding.report.weeks = series.weeks;
    std::size_t reference = std::min<std::size_t>(8, weeks.size() - 1);
    if (!options.reference.empty()) {
        const auto end = reference_end(options.reference, weeks.front().time_s);
        if (!end) return end.error();
        reference = static_cast<std::size_t>(
            std::ranges::count_if(weeks, [&](const Week& week) { return week.time_s < *end; }));
    }
    finding.report.reference_weeks = reference;
    finding.report.verdicts = analyse::week_verdicts(weeks, reference);
    if (series.counts) {
        std::vector<double> passed, n;
        for (std::size_t i = 0; i < reference; ++i) {
            passed.push_back(weeks[i].mean * weeks[i].sessions);
            n.push_back(weeks[i].sessions);
        }
        finding.laney = analyse::laney_chart(passed, n);
    }
    std::vector<analyse::SeriesBucket> buckets;
    for (const Week& week : weeks) buckets.push_back({week.time_s, week.mean, week.variance});
    finding.changes = analyse::series_changes(buckets, events);
    return Done{};
}

Result<Done> analyse_sessions(DriftFinding& finding, const DriftSeries& series, double detectors,
                              std::span<const analyse::SeriesEvent> events,
                              const DriftOptions& options) {
    analyse::SeriesOptions how;
    how.series = detectors;
    how.false_pages = options.false_pages;
    if (options.objective > 0) how.objective = options.objective;
    const double begin = series.sessions.front().time_s;
    const double days = (series.sessions.back().time_s - begin) / day_s;
    how.reference_end_s = begin + day_s * (days >= 63 ? 56 : days >= 21 ? 14 : days / 2);
    if (!options.reference.empty()) {
        const auto end = reference_end(options.reference, begin);
        if (!end) return end.error();
        how.reference_end_s = *end;
    }
    finding.scores = true;
    finding.report = analyse::series_report(series.sessions, how);
    finding.changes =
        analyse::series_changes(analyse::day_buckets(series.sessions, events), events);
    return Done{};
}

void adjust(std::vector<DriftFinding>& all) {
    std::vector<double> p;
    std::vector<DriftFinding*> tested;
    for (DriftFinding& one : all) {
        if (one.report.verdicts.empty() || !one.report.verdicts.back().test) continue;
        p.push_back(one.report.verdicts.back().test->p);
        tested.push_back(&one);
    }
    const std::vector<double> adjusted = analyse::benjamini_hochberg(p);
    for (std::size_t i = 0; i < tested.size(); ++i) tested[i]->adjusted_p = adjusted[i];
}

}  // namespace

Result<std::vector<DriftFinding>> drift_analysis(std::span<const DriftSeries> series,
                                                 std::span<const analyse::SeriesEvent> events,
                                                 const DriftOptions& options) {
    const double detectors =
        options.series > 0 ? options.series : static_cast<double>(series.size());
    std::vector<DriftFinding> all;
    for (const DriftSeries& one : series) {
        DriftFinding& finding = all.emplace_back();
        finding.name = one.name;
        const auto done = one.sessions.empty()
                              ? analyse_weeks(finding, one, events, options)
                              : analyse_sessions(finding, one, detectors, events, options);
        if (!done) return done.error();
    }
    std::vector<analyse::SeriesReport*> reports;
    for (DriftFinding& one : all) reports.push_back(&one.report);
    analyse::test_young_series(reports);
    adjust(all);
    return all;
}

}  // namespace plimsoll::app
