/// laney.h: a control chart of weekly pass rates that come as counts alone (Laney's p').
///
/// With thousands of scores a week the binomial limits are so narrow that every week is outside.
/// Here they are widened by how far weeks differ from their neighbours. For data without variances;
/// with them, weekly.h is better. Source: Laney 2002.
#pragma once

#include <span>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct LaneyChart {
    double rate = 0;          ///< Passed of all.
    double moving_range = 0;  ///< Mean |z_i - z_(i-1)| of neighbouring weeks.
    double sigma_z = 0;       ///< moving_range / 1.128: above 1, weeks differ beside noise.

    /// rate -+ 3 sigma_z standard errors of a week with n scores, n > 0; in [0, 1].
    Interval limits(double n) const;
};

/// As many counts as passes, 0 <= passed <= count. Undefined for fewer than two weeks, a week
/// without scores, or if all passed or none did.
Computed<LaneyChart> laney_chart(std::span<const double> passed, std::span<const double> counts);

}  // namespace plimsoll::analyse
