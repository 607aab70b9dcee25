#include "analyse/stats/wilson.h"

#include <cassert>
#include <cmath>

namespace plimsoll::analyse {

Interval wilson(double successes, double n, double z) {
    assert(successes >= 0 && successes <= n);
    if (n <= 0) return {0, 1};
    const double p = successes / n, z2 = z * z;
    const double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    // At p = 0 and p = 1 the limit is exact, which rounding would miss by 1e-17.
    return {p == 0 ? 0 : std::fmax(0, centre - half), p == 1 ? 1 : std::fmin(1, centre + half)};
}

}  // namespace plimsoll::analyse
