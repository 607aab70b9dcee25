/// weighted_sums.h: what is kept of many scores so that any mean, variance or ratio can be had
/// later.
///
///   scores ──add──▶ ClusteredSums ──merge──▶ ClusteredSums ──▶ mean, variance, jackknife
///                   per series, hour, shard
///
/// Sums add, so hours make weeks and shards make a deployment. Double addition is not associative:
/// merge in shard order, and the result is the same bit for bit. Scores lie in [0, 1], so that no
/// sum loses digits. Source: docs/statistics/0-kernel.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/permanent_random.h"

namespace plimsoll::analyse {

/// w = 1 / inclusion probability, y = score.
struct WeightedSums {
    std::uint64_t n = 0;
    double w = 0;
    double w2 = 0;
    double wy = 0;
    double w2y = 0;
    double w2y2 = 0;
    double wy2 = 0;

    void add(double weight, double y) {
        ++n;
        w += weight;
        w2 += weight * weight;
        wy += weight * y;
        w2y += weight * weight * y;
        w2y2 += weight * weight * y * y;
        wy2 += weight * y * y;
    }
    void merge(const WeightedSums& other) {
        n += other.n;
        w += other.w;
        w2 += other.w2;
        wy += other.wy;
        w2y += other.w2y;
        w2y2 += other.w2y2;
        wy2 += other.wy2;
    }
    /// The Hajek mean. This and what follows needs w > 0.
    double mean() const { return wy / w; }
    /// Variance of the mean as a statement about the process that made the traffic: for drift,
    /// comparisons and gates. As if every score were drawn alone; see cluster_variance.h.
    double process_variance() const;
    /// Variance of the mean as a statement about exactly this traffic: interactions that were
    /// certain to be scored (w = 1) add nothing. Too small for comparing two weeks.
    double design_variance() const;
    /// Variance of one score, weighted by w: of the traffic, not of the sample.
    double score_variance() const;
    /// Kish: so many equally weighted scores have the same variance.
    double kish_count() const { return w * w / w2; }
    /// Every score is 0 or 1: then, and only then, y^2 = y.
    bool binary() const { return wy2 == wy; }
    bool operator==(const WeightedSums&) const = default;
};

/// The bucket of a cluster (a user if known, else a session), in 0 … buckets-1.
inline std::size_t cluster_bucket(std::string_view cluster, std::size_t buckets) {
    return static_cast<std::size_t>(permanent_bits("cluster", cluster) % buckets);
}

inline constexpr std::size_t series_buckets = 64;
inline constexpr std::size_t slice_buckets = 16;

/// The same sums, and per hash bucket of clusters those that a cluster-robust variance needs.
struct ClusteredSums {
    explicit ClusteredSums(std::size_t buckets = series_buckets)
        : bucket_w(buckets), bucket_wy(buckets) {}

    void add(double weight, double y, std::size_t bucket) {
        all.add(weight, y);
        bucket_w[bucket] += weight;
        bucket_wy[bucket] += weight * y;
    }
    void add(double weight, double y, std::string_view cluster) {
        add(weight, y, cluster_bucket(cluster, bucket_w.size()));
    }
    /// Both must have the same number of buckets.
    void merge(const ClusteredSums& other);
    std::size_t buckets() const { return bucket_w.size(); }
    /// Buckets that hold anything.
    std::size_t occupied() const;

    WeightedSums all;
    std::vector<double> bucket_w;
    std::vector<double> bucket_wy;
};

}  // namespace plimsoll::analyse
