/// series_report.h: everything that drift detection says about one series of scores.
///
///   sessions, in time ──▶ reference | after ──┬─▶ weeks: test, heuristic beside it
///                                             ├─▶ distribution, mean with its sequence
///                                             └─▶ detector: alarms, and what it promises
///
/// For files and for reports; the server runs the same parts incrementally.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analyse/drift/distribution_drift.h"
#include "analyse/drift/e_detector.h"
#include "analyse/drift/statistics.h"
#include "analyse/drift/two_sigma.h"
#include "analyse/drift/weekly.h"
#include "analyse/stats/computed.h"

namespace plimsoll::analyse {

struct Week {
    double time_s = 0;  ///< Unix seconds of its beginning.
    double mean = 0;    ///< Of the scores.
    double variance = 0;
    double sessions = 0;  ///< 0 if not known.
};

/// What was said about a week after the reference.
struct WeekVerdict {
    Computed<WeeklyTest> test = Undefined{"not tested"};
    Computed<TwoSigma> heuristic = Undefined{"not tested"};  ///< On its trailing 8 weeks.
};

/// One verdict a week from weeks[reference_weeks] on.
std::vector<WeekVerdict> week_verdicts(std::span<const Week> weeks, std::size_t reference_weeks);

/// Weeks of seven days since the first session, those without sessions left out. Variances are
/// between clusters where there are enough of them, and never 0.
std::vector<Week> weeks_of(std::span<const ScoredSession> sessions);

struct SeriesOptions {
    double reference_end_s = 0;       ///< Sessions before this are the reference.
    double series = 1;                ///< Detectors that share the budget.
    double false_pages = 1;           ///< Per 90 days, over all of them.
    std::optional<double> objective;  ///< In place of an estimated baseline.
};

struct SeriesReport {
    double reference_end_s = 0;
    std::uint64_t reference_sessions = 0, after_sessions = 0;
    std::optional<double> reference_mean, after_mean;
    std::vector<Week> weeks;
    std::size_t reference_weeks = 0;
    std::vector<WeekVerdict> verdicts;
    Computed<DistributionDrift> distribution = Undefined{"not compared"};
    Computed<Interval> sequence = Undefined{"nothing scored"};  ///< Of the mean score afterwards.

    Computed<LossBaseline> baseline = Undefined{"no reference"};
    double sessions_per_day = 0;
    double threshold = 0;        ///< Both directions together.
    std::vector<EAlarm> alarms;  ///< Banks start anew after each.
    std::uint64_t refused = 0;
    double level_fell = 0, level_rose = 0;  ///< At the end, as a share of the threshold.
};

/// Sessions in order of time; scores in [0, 1], weights > 0.
SeriesReport series_report(std::span<const ScoredSession> sessions, const SeriesOptions& options);

}  // namespace plimsoll::analyse
