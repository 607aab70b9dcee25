/// fisher_z.h: a correlation on the scale where its error is nearly normal.
///
///   r in (-1, 1) ── atanh ──▶ z, normal with a known error ── tanh ──▶ an interval inside (-1, 1)
///
/// On the scale of r itself a symmetric interval passes 1 and covers 80% where it says 95%
/// (docs/statistics/1-agreement.md). Source: Fisher 1921.
#pragma once

#include <cassert>
#include <cmath>
#include <string>

#include "analyse/stats/computed.h"
#include "analyse/stats/distributions.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct FisherZ {
    double value = 0;    ///< The correlation, in [-1, 1].
    double error_z = 1;  ///< Standard error of atanh(value); above 0 unless value is 1 or -1.

    /// Undefined for a perfect correlation, which says nothing about its own error.
    Computed<Interval> interval(double z = z_95_two_sided) const {
        if (std::abs(value) >= 1) return Undefined{"agreement is perfect, so its error is unknown"};
        const double centre = std::atanh(value);
        return Interval{std::tanh(centre - z * error_z), std::tanh(centre + z * error_z)};
    }
    /// How sure one is that the true correlation is above `threshold`, in (-1, 1).
    double probability_above(double threshold) const {
        assert(std::abs(threshold) < 1);
        if (std::abs(value) >= 1) return value > 0 ? 1 : 0;
        return normal_cdf((std::atanh(value) - std::atanh(threshold)) / error_z);
    }
};

}  // namespace plimsoll::analyse
