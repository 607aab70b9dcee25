/// drift_sessions.h: the columns of a table of scores, read once, become the sessions of any of its
/// series.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/statistics/drift_rows.h"
#include "app/statistics/optional_column.h"

namespace plimsoll::app {

class DriftSessions {
  public:
    static Result<DriftSessions> of(const Rows& rows);

    /// Of these rows, which are in time. Errors: a score outside [0, 1], a weight that is not above
    /// 0, no score at all.
    Result<DriftSeries> series(const Rows& rows, const std::string& name,
                               const std::vector<std::size_t>& group,
                               const std::vector<double>& times) const;

  private:
    std::vector<std::optional<double>> scores_;
    OptionalColumn weight_, inclusion_;
    std::vector<std::string> session_, user_;  ///< Empty if the table has no such column.
};

}  // namespace plimsoll::app
