/// drift_report.h: what was found in each series, for a terminal and for a program.
#pragma once

#include <span>
#include <string>

#include "app/statistics/drift_analysis.h"

namespace plimsoll::app {

/// Weeks, tests, detector and changes of each series; with several, a table of all their changes at
/// the end.
std::string drift_text(std::span<const DriftFinding> findings);
/// A line a change, of all series together: what a person looks for when several moved at once.
std::string drift_changes_text(std::span<const DriftFinding> findings);
/// Every number of the text, and those that it leaves out.
std::string drift_json(std::span<const DriftFinding> findings);

}  // namespace plimsoll::app
