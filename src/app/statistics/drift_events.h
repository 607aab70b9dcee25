/// drift_events.h: a table of what is known to have happened: date (or time), what.
#pragma once

#include <vector>

#include "analyse/attribution/series_changes.h"
#include "app/statistics/rows.h"

namespace plimsoll::app {

/// A date stands for its day, a time for its moment. In time.
Result<std::vector<analyse::SeriesEvent>> drift_events(const Rows& rows);

}  // namespace plimsoll::app
