#include "analyse/calibration/mover_wilson.h"

#include <cassert>
#include <cmath>

#include "analyse/stats/wilson.h"

namespace plimsoll::analyse {

namespace {

double mean_of(std::span<const ProportionStratum> strata) {
    double mean = 0;
    for (const ProportionStratum& stratum : strata) mean += stratum.share * stratum.proportion();
    return mean;
}

}  // namespace

double mix_variance(std::span<const ProportionStratum> strata, double count) {
    assert(count > 0);
    const double mean = mean_of(strata);
    double sum = 0;
    for (const ProportionStratum& stratum : strata) {
        sum += stratum.share * std::pow(stratum.proportion() - mean, 2);
    }
    return sum / count;
}

Estimate mover_wilson(std::span<const ProportionStratum> strata, double mix_variance, double z) {
    const double mean = mean_of(strata);
    double below = z * z * mix_variance, above = below, variance = mix_variance;
    for (const ProportionStratum& stratum : strata) {
        const double p = stratum.proportion();
        const Interval part = wilson(stratum.passes, stratum.n, z);
        below += std::pow(stratum.share * (p - part.low), 2);
        above += std::pow(stratum.share * (part.high - p), 2);
        variance += stratum.share * stratum.share * p * (1 - p) / (stratum.n > 0 ? stratum.n : 1);
    }
    return {mean, std::sqrt(variance),
            clamped({mean - std::sqrt(below), mean + std::sqrt(above)}, 0, 1)};
}

}  // namespace plimsoll::analyse
