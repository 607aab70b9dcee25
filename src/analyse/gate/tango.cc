#include "analyse/gate/tango.h"

#include <cassert>
#include <cmath>
#include <limits>

#include "analyse/stats/solve.h"

namespace plimsoll::analyse {

double tango_z(const PairedCounts& counts, double difference) {
    const double b = counts.candidate_only, c = counts.baseline_only, n = counts.n;
    assert(n > 0 && b >= 0 && c >= 0 && b + c <= n);
    const double d = difference;
    // q: the likeliest P(baseline only), given that the rates differ by d; a quadratic's root.
    const double linear = -b - c + (2 * n - b + c) * d, constant = -c * d * (1 - d);
    const double q =
        (std::sqrt(std::fmax(0, linear * linear - 8 * n * constant)) - linear) / (4 * n);
    const double variance = n * (2 * q + d * (1 - d));
    const double distance = b - c - n * d;
    if (distance == 0) return 0;
    if (variance <= 0) return std::copysign(std::numeric_limits<double>::infinity(), distance);
    return distance / std::sqrt(variance);
}

Interval tango_interval(const PairedCounts& counts, double z) {
    const double middle = counts.difference();
    const auto below = [&](double d) { return tango_z(counts, d) - z; };
    const auto above = [&](double d) { return tango_z(counts, d) + z; };
    constexpr double end = 1 - 0x1p-40;  // At -1 and 1 themselves the variance vanishes.
    return {middle <= -end || below(-end) <= 0 ? -1 : root_of(below, -end, middle),
            middle >= end || above(end) >= 0 ? 1 : root_of(above, middle, end)};
}

}  // namespace plimsoll::analyse
