#include "analyse/calibration/sampler_integrity.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace plimsoll::analyse {

std::vector<IntegrityFinding> sampler_integrity(const std::string& stratum,
                                                const WeightedSums& sample, double population) {
    if (sample.n == 0 && population <= 0) return {};
    if (sample.n == 0) {
        return {
            {stratum,
             0,
             {1, 1},
             fmt::format("stratum \"{}\" has {:.0f} interactions and no sample: its mean cannot "
                         "be known",
                         stratum, population)}};
    }
    const double ratio = population > 0 ? sample.w / population : INFINITY;
    // Sums of 1 / pi are not exact; a sample of everything has no other error.
    const double rounding = 1e-9;
    const double half = 4 * std::sqrt(std::max(0.0, sample.w2 - sample.w)) / sample.w + rounding;
    const Interval allowed{1 - half, 1 + half};
    if (allowed.contains(ratio)) return {};
    const char* cause = ratio > 1
                            ? "duplicates, judgements made outside the sampler, or a "
                              "population counted with a narrower filter"
                            : "judgements that were lost or left out, or a population counted "
                              "with a wider filter";
    return {
        {stratum, ratio, allowed,
         fmt::format("stratum \"{}\": weights add up to {:.3f} of the population, allowed {:.3f} "
                     "to {:.3f}; look for {}",
                     stratum, ratio, allowed.low, allowed.high, cause)}};
}

}  // namespace plimsoll::analyse
