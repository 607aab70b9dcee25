/// ratio_of_sums.h: cost per call, tokens per answer: a ratio of two sums over clusters.
///
///   clusters (cost, calls) ──add──▶ RatioSums ──merge──▶ RatioSums ──▶ ratio, Fieller's set
///
/// The mean of the clusters' own ratios would be another quantity, in which a user of one call
/// counts as much as one of a thousand. Fieller's set does not pretend that the denominator is
/// known: it may be all but a gap, or everything, and says so. Source: Fieller 1954; Cochran 1977;
/// docs/statistics/9-refusals-latency-cost.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

/// Co-moments of clusters (users, or sessions), a cluster added once: with its sums. They merge by
/// Chan, Golub and LeVeque 1979, for costs have no upper bound.
struct RatioSums {
    std::uint64_t n = 0;
    double numerator = 0;           ///< Mean.
    double denominator = 0;         ///< Mean.
    double nn = 0, nd = 0, dd = 0;  ///< Sums of products of distances from the means.

    void add(double cluster_numerator, double cluster_denominator);
    void merge(const RatioSums& other);
};

/// All ratios that the clusters do not contradict at 95%.
struct FiellerSet {
    enum class Shape {
        bounded,     ///< Between the limits.
        outside,     ///< At or below limits.low, or at or above limits.high.
        everything,  ///< No ratio is excluded; the limits mean nothing.
    };
    Shape shape = Shape::everything;
    Interval limits;

    bool contains(double ratio) const;
    /// For a person: "between 2.51 and 3.3".
    std::string says() const;
};

struct RatioOfSums {
    Estimate estimate;  ///< With Student's t of n - 1: narrow, for large n.
    FiellerSet fieller;
    double denominator_cv = 0;    ///< Standard error of the mean denominator over that mean.
    bool prefer_fieller = false;  ///< Fewer than 200 clusters, or denominator_cv above 0.05.
};

/// Undefined below two clusters or with a denominator of zero.
Computed<RatioOfSums> ratio_of_sums(const RatioSums& sums);

/// The mean after everything above the `q` quantile was put down to it (rank ceil(q n)): what heavy
/// tails let one say about the usual cost. Undefined when empty.
Computed<double> winsorised_mean(std::span<const double> values, double q = 0.99);

}  // namespace plimsoll::analyse
