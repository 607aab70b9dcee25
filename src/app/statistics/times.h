/// times.h: moments as tables have them: ISO 8601, or Unix seconds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/statistics/rows.h"

namespace plimsoll::app {

/// Unix seconds; nullopt if it is neither, or a number of years past 2255.
std::optional<double> seconds_of(const std::string& word);

/// A column of them; the error names the first row that holds none.
Result<std::vector<double>> times_of(const Rows& rows, const std::string& column);

/// "2026-01-05T10:00:00.000Z".
std::string iso_of(double time_s);

}  // namespace plimsoll::app
