/// quantile_limits.h: where a quantile of the process lies, from the order of what was seen.
///
/// No distribution is assumed: whether a value is below the true quantile is a coin with chance q,
/// so two ranks enclose it with a binomial probability. Values that come in clusters spread the
/// ranks by the root of the design effect. Source: David and Nagaraja 2003;
/// docs/statistics/9-refusals-latency-cost.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "analyse/stats/ddsketch.h"

namespace plimsoll::analyse {

struct QuantileRanks {
    std::uint64_t low = 0;              ///< 1-based; 0: no lower limit.
    std::optional<std::uint64_t> high;  ///< nullopt: none, for even the largest may be below.
    double coverage = 0;                ///< For independent values.
};

/// `alpha` is shared by both sides. n >= 1, 0 < q < 1.
QuantileRanks quantile_ranks(std::uint64_t n, double q, double alpha = 0.05,
                             double design_effect = 1);

/// Of the quantile q, 95% unless alpha says otherwise, widened by the sketch's accuracy; [0,
/// infinity] where there is no limit. Its standard_error is left 0: quantiles have ranks instead.
/// Undefined when empty.
Computed<Estimate> quantile_estimate(const DDSketch& sketch, double q, double alpha = 0.05,
                                     double design_effect = 1);

/// The same from one sketch per hash bucket of clusters (64, 16 or 8 of them; cluster_bucket): the
/// shares above the quantile differ between buckets, and that is the design effect; Student's
/// quantile stands in for the normal one. Undefined below 40 clusters.
Computed<Estimate> quantile_estimate(std::span<const DDSketch> buckets, double q,
                                     std::optional<double> clusters = std::nullopt);

}  // namespace plimsoll::analyse
