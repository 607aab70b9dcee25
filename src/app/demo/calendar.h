/// calendar.h: when people ask: by day more than by night, in the week more than at its end.
#pragma once

#include <vector>

#include "base/time.h"

namespace plimsoll::app::demo {

/// Maps a share of all traffic to the moment by which that share has come.
class Calendar {
  public:
    /// Of the time from `start` to `end`, in UTC.
    Calendar(UnixNanos start, UnixNanos end);

    /// `share` in [0, 1]; 0 gives start, 1 gives end.
    UnixNanos moment(double share) const;

  private:
    UnixNanos start_;
    UnixNanos end_;
    std::vector<double> weight_by_hour_end_;  ///< Sum of weights up to the end of each hour.
};

}  // namespace plimsoll::app::demo
