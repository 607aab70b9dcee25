#include "analyse/calibration/mcnemar.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {
namespace {

/// P(Bin(b + c, 1/2) <= min(b, c)), and the probability of the last of these.
struct Tail {
    double all, last;
};

Tail tail_of(const Flips& flips) {
    const double n = static_cast<double>(flips.new_wrong + flips.old_wrong);
    const double k = static_cast<double>(std::min(flips.new_wrong, flips.old_wrong));
    return {binomial_cdf(k, n, 0.5), binomial_pmf(k, n, 0.5)};
}

}  // namespace

Computed<double> mcnemar_mid_p(const Flips& flips) {
    if (flips.new_wrong + flips.old_wrong < flips_min) return Undefined{"fewer than five flips"};
    if (flips.new_wrong == flips.old_wrong) return 1.;
    const Tail tail = tail_of(flips);
    return 2 * tail.all - tail.last;
}

double mcnemar_exact_p(const Flips& flips) {
    return flips.new_wrong == flips.old_wrong ? 1 : std::min(1., 2 * tail_of(flips).all);
}

double mcnemar_chi_square(const Flips& flips, bool corrected) {
    const double b = static_cast<double>(flips.new_wrong), c = static_cast<double>(flips.old_wrong);
    assert(b + c > 0);
    const double d = std::max(0., std::abs(b - c) - (corrected ? 1 : 0));
    return d * d / (b + c);
}

}  // namespace plimsoll::analyse
