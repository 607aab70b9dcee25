/// cluster_variance.h: the variance of a mean whose scores come in clusters.
///
///   ClusteredSums ──▶ BucketSums ──fold to G = 64, 16 or 8──▶ ClusterVariance ──▶ t of G - 1
///   degrees
///
/// Failures inside a session go together, so a variance that counts interactions is far too small:
/// intervals that claim 95% cover 65%. The sums by hash bucket of clusters give the variance
/// between clusters, whatever happens inside them. Source: docs/statistics/0-kernel.md.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "analyse/stats/computed.h"
#include "analyse/stats/weighted_sums.h"

namespace plimsoll::analyse {

/// What a cluster-robust variance reads: sum w and sum w y by bucket. A view.
struct BucketSums {
    std::span<const double> w;
    std::span<const double> wy;

    BucketSums(std::span<const double> w, std::span<const double> wy) : w(w), wy(wy) {}
    BucketSums(const ClusteredSums& sums) : w(sums.bucket_w), wy(sums.bucket_wy) {}
};

struct ClusterVariance {
    double variance = 0;      ///< Of the mean WY / W.
    std::size_t buckets = 0;  ///< G. The quantile to use is Student's with G - 1 degrees.

    double quantile(double confidence = 0.95) const;
};

/// Below this many clusters nothing is said about the variance between them.
inline constexpr double clusters_min = 40;
/// Fewer clusters a bucket make the buckets unequal, and their variance too small.
inline constexpr double clusters_per_bucket_min = 5;

/// G/(G-1) sum (WY_g - m W_g)^2 / W^2 over the buckets as they are. Needs two, and some weight.
double bucket_variance(const BucketSums& sums);

/// How many clusters fell into the buckets, from how many are empty (linear counting, Whang 1990);
/// infinity if none is. Within 10% below 100 clusters in 64 buckets.
double clusters_estimated(const BucketSums& sums);

/// As many of 64, 16, 8 buckets as the clusters fill five times over; 0 below 40 clusters.
std::size_t buckets_for(double clusters);

/// Over buckets_for(clusters) buckets; Undefined if there are too few clusters. Folding is exact,
/// for h mod 16 = (h mod 64) mod 16. Without `clusters` they are estimated.
Computed<ClusterVariance> cluster_variance(const BucketSums& sums,
                                           std::optional<double> clusters = std::nullopt);

/// V_cl / V_sp: how many times larger the clusters make the variance. 1 if V_sp is zero.
double design_effect(const WeightedSums& sums, double cluster_variance);

/// Kish's count over max(1, design effect): so many independent scores say as much.
double effective_count(const WeightedSums& sums, double cluster_variance);

}  // namespace plimsoll::analyse
