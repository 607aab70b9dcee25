/// sampler_integrity.h: does the sample look like one drawn with the probabilities it carries.
///
/// Weighted means stand on the probabilities being true. Judgements made outside the sampler,
/// duplicates, a population counted with another filter: all show up in the sum of weights, which
/// should be the population. Source: docs/statistics/2-sampling.md.
#pragma once

#include <string>
#include <vector>

#include "analyse/stats/interval.h"
#include "analyse/stats/weighted_sums.h"

namespace plimsoll::analyse {

struct IntegrityFinding {
    std::string stratum;
    double ratio = 0;  ///< sum w / N, should be 1.
    Interval allowed;  ///< 1 -+ 4 standard errors.
    std::string says;  ///< For a person, with what to look for.
};

/// 1 -+ 4 sqrt((W2 - W) / W^2), which is sqrt((1 - pi) / n) if pi is the same throughout: once in
/// 16 000 honest strata it is left. Nothing found if the population is 0 and nothing was sampled.
std::vector<IntegrityFinding> sampler_integrity(const std::string& stratum,
                                                const WeightedSums& sample, double population);

}  // namespace plimsoll::analyse
