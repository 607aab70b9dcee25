/// judged_estimate.h: what a judge on a sample says of all the traffic, beside the naive mean of
/// what it said.
///
///   JudgedSums by version and stratum ──▶ counts: matched, sampled, judged, failed, skipped
///                                    ├──▶ naive: the mean of the scores, which is that of the
///                                    sample └──▶ corrected: the stratified mean, with its interval
///
/// Source: docs/statistics/2-sampling.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyse/calibration/stratified_mean.h"
#include "analyse/stats/computed.h"
#include "record/facts.h"

namespace plimsoll::analyse {

struct JudgedEstimate {
    std::uint64_t matched = 0;  ///< Interactions that the judge could have been asked about.
    std::uint64_t sampled = 0;  ///< Drawn by the sampler.
    std::uint64_t judged = 0;   ///< With a score, drawn or asked for.
    std::uint64_t failed = 0;   ///< Asked, and no score came of it.
    std::uint64_t skipped = 0;  ///< Drawn, and not asked: not yet, not any more, or nothing to ask.
    std::uint64_t outside = 0;  ///< Of the judged: asked for outside the sampler, in no estimate.
    std::map<std::string, std::uint64_t> reasons;  ///< Why there is no score.
    std::optional<double> naive;  ///< Of what was drawn. Moves with the sampler; shown to be seen.
    Interval naive_interval;      ///< 95%, as if nothing were chosen or clustered.
    Computed<StratifiedMean> corrected = Undefined{"nothing was scored"};
    std::vector<std::string> integrity;  ///< Where the sample is not what its probabilities say.
};

/// `sums` are those of one judge in one dimension, all versions and strata.
JudgedEstimate judged_estimate(std::span<const record::JudgedSums> sums);

}  // namespace plimsoll::analyse
