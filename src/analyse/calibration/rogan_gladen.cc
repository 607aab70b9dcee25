#include "analyse/calibration/rogan_gladen.h"

#include <algorithm>
#include <cmath>

#include "analyse/stats/wilson.h"

namespace plimsoll::analyse {

namespace {

constexpr double youden_min = 0.2;

double variance_of(double p, double n) {
    return p * (1 - p) / n;
}

/// Lower limit of se + sp - 1: Wilson's limits, combined as Newcombe does.
double youden_low(Hits se, Hits sp, double z) {
    const double se_down = se.rate() - wilson(se.hits, se.n, z).low;
    const double sp_down = sp.rate() - wilson(sp.hits, sp.n, z).low;
    return se.rate() + sp.rate() - 1 - std::hypot(se_down, sp_down);
}

}  // namespace

Computed<RoganGladen> rogan_gladen(Hits judged, Hits sensitivity, Hits specificity, double z) {
    if (judged.n <= 0) return Undefined{"nothing was judged"};
    if (sensitivity.n <= 0) return Undefined{"no label says pass"};
    if (specificity.n <= 0) return Undefined{"no label says fail"};
    RoganGladen result;
    result.youden = sensitivity.rate() + specificity.rate() - 1;
    if (result.youden < youden_min) {
        return Undefined{"the judge hardly tells good from bad: se + sp - 1 is below 0.2"};
    }
    if (youden_low(sensitivity, specificity, z) <= 0) {
        return Undefined{"too few labels to say that the judge tells good from bad at all"};
    }
    result.value = std::clamp((judged.rate() + specificity.rate() - 1) / result.youden, 0.0, 1.0);

    const double n = judged.n + z * z, p = (judged.hits + z * z / 2) / n;
    const double m1 = sensitivity.n + 2, q1 = (sensitivity.hits + 1) / m1;
    const double m0 = specificity.n + 2, q0 = (specificity.hits + 1) / m0;
    const double youden = q1 + q0 - 1, centre = (p + q0 - 1) / youden;
    const double v1 = variance_of(q1, m1), v0 = variance_of(q0, m0);
    result.shift = 2 * z * z * (centre * v1 - (1 - centre) * v0);
    const double half =
        z / youden *
        std::sqrt(variance_of(p, n) + (1 - centre) * (1 - centre) * v0 + centre * centre * v1);
    result.before_clamping = {centre + result.shift - half, centre + result.shift + half};
    result.interval = clamped(result.before_clamping, 0, 1);
    return result;
}

}  // namespace plimsoll::analyse
