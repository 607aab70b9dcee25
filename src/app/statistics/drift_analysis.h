/// drift_analysis.h: what is said about the series of a table: report, changes, and the last weeks'
/// p-values adjusted for how many series there are.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyse/attribution/series_changes.h"
#include "analyse/drift/laney.h"
#include "app/statistics/drift_rows.h"

namespace plimsoll::app {

struct DriftOptions {
    std::string reference;   ///< "8w", "14d", a time, or "" for the usual.
    double false_pages = 1;  ///< In 90 days, all series together.
    double series = 0;       ///< That share this budget; 0 for those of the table.
    double objective = 0;    ///< A promised mean score; 0 for none.
};

inline constexpr double drift_fdr_q = .10;

struct DriftFinding {
    std::string name;
    bool scores = false;  ///< Of sessions; else of weekly means.
    analyse::SeriesReport report;
    analyse::Computed<analyse::SeriesChanges> changes = analyse::Undefined{"not searched"};
    /// Of pass rates without errors, over the reference weeks.
    analyse::Computed<analyse::LaneyChart> laney = analyse::Undefined{"not of counts"};
    std::optional<double> adjusted_p;  ///< Of the last week, over all series of the table.
};

/// The error says what is wrong with options.reference.
Result<std::vector<DriftFinding>> drift_analysis(std::span<const DriftSeries> series,
                                                 std::span<const analyse::SeriesEvent> events,
                                                 const DriftOptions& options);

}  // namespace plimsoll::app
