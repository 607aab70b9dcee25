/// drift_rows.h: a table becomes series: of weekly means, or of scored sessions.
///
///   week, mean, se [, n]                                     ──▶ DriftSeries::weeks
///   week, mean, n (pass rates)                               ──▶ the same, errors by their counts
///   time, score [, weight or inclusion, session, user]       ──▶ DriftSeries::sessions
///
/// The scores of a session become one, at the time of its last: a session is what the detector
/// counts. Rows without a score are left out.
#pragma once

#include <string>
#include <vector>

#include "analyse/drift/series_report.h"
#include "app/statistics/rows.h"

namespace plimsoll::app {

/// Moves, and does not copy: sessions point at the clusters.
struct DriftSeries {
    std::string name;  ///< "" if the table is one series.
    std::vector<analyse::Week> weeks;
    std::vector<analyse::ScoredSession> sessions;  ///< In time.
    std::vector<std::string> clusters;
    bool counts = false;  ///< The weeks are pass rates without errors of their own.

    DriftSeries() = default;
    DriftSeries(DriftSeries&&) = default;
    DriftSeries& operator=(DriftSeries&&) = default;
};

/// A series for each value of the column `by`; of "dimension" if `by` is "" and there is such a
/// column. By name. Errors name the place and the mend.
Result<std::vector<DriftSeries>> drift_rows(const Rows& rows, const std::string& by);

}  // namespace plimsoll::app
