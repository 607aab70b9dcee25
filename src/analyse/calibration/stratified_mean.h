/// stratified_mean.h: the mean of all traffic, from a sample that prefers anomalies.
///
///   population N_h ──────────┐
///   sample of h ──ClusteredSums──▶ m = sum A_h ybar_h,  A_h = N_h / N,  ybar_h Hajek in h
///
/// The counts N_h are known, for every interaction passes the checks. Knowing them takes out what
/// the sampler's luck added. Without them the shares are the sums of weights, which gives the
/// Hajek mean, still with an interval that respects small strata. Source:
/// docs/statistics/2-sampling.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"
#include "analyse/stats/weighted_sums.h"

namespace plimsoll::analyse {

struct Stratum {
    /// A path: "anomaly/german" is nearer to "anomaly/french" than to "plain".
    std::string name;
    std::optional<double>
        population;  ///< Interactions of the traffic; of every stratum or of none.
    ClusteredSums sums;
    /// The population by bucket of clusters, where it is known; else empty.
    std::vector<double> bucket_population = {};
};

/// What a sample of strata says about the traffic, or the process behind it.
struct StratifiedMean {
    Estimate estimate;  ///< 95%, within [0, 1].
    double effective_count = 0;
    double design_effect = 1;        ///< What clusters cost.
    std::string_view method;         ///< For a person.
    std::vector<std::string> notes;  ///< Strata put together; too few clusters.
};

enum class Mix {
    random,  ///< Another week would have another mix: for comparing weeks.
    fixed,   ///< This traffic's mix.
};

struct StratifiedOptions {
    Mix mix = Mix::random;
    std::optional<double> clusters;  ///< Distinct clusters in the sample; estimated if left out.
    bool clustered = true;           ///< false: every score is its own cluster.
};

/// Strata with fewer scored go together with their nearest relative.
inline constexpr std::uint64_t stratum_min = 10;

/// Puts strata of fewer than `stratum_min` scores, smallest first, together with the smallest of
/// those that share the longest path with them. Adds a note for each.
std::vector<Stratum> collapsed(std::vector<Stratum> strata, std::vector<std::string>& notes);

/// Undefined if nothing was scored, or if populations are known of some strata only.
Computed<StratifiedMean> stratified_mean(std::vector<Stratum> strata,
                                         const StratifiedOptions& options = {});

}  // namespace plimsoll::analyse
