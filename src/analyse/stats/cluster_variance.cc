#include "analyse/stats/cluster_variance.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

namespace {

std::vector<double> folded(std::span<const double> sums, std::size_t buckets) {
    std::vector<double> result(buckets);
    for (std::size_t g = 0; g < sums.size(); ++g) result[g % buckets] += sums[g];
    return result;
}

}  // namespace

double ClusterVariance::quantile(double confidence) const {
    return student_quantile(0.5 + confidence / 2, static_cast<double>(buckets) - 1);
}

double bucket_variance(const BucketSums& sums) {
    const std::size_t buckets = sums.w.size();
    assert(buckets >= 2 && sums.wy.size() == buckets);
    const double w = std::accumulate(sums.w.begin(), sums.w.end(), 0.0);
    const double wy = std::accumulate(sums.wy.begin(), sums.wy.end(), 0.0);
    assert(w > 0);
    double squares = 0;
    for (std::size_t g = 0; g < buckets; ++g) {
        const double d = sums.wy[g] - wy / w * sums.w[g];
        squares += d * d;
    }
    const auto count = static_cast<double>(buckets);
    return count / (count - 1) * squares / (w * w);
}

double clusters_estimated(const BucketSums& sums) {
    const auto buckets = static_cast<double>(sums.w.size());
    const auto empty = static_cast<double>(
        std::ranges::count_if(sums.w, [](double weight) { return weight <= 0; }));
    return empty > 0 ? -buckets * std::log(empty / buckets)
                     : std::numeric_limits<double>::infinity();
}

std::size_t buckets_for(double clusters) {
    for (const std::size_t buckets : {series_buckets, slice_buckets, std::size_t{8}}) {
        if (clusters >= clusters_per_bucket_min * static_cast<double>(buckets)) return buckets;
    }
    return 0;
}

Computed<ClusterVariance> cluster_variance(const BucketSums& sums, std::optional<double> clusters) {
    if (!clusters) clusters = clusters_estimated(sums);
    const std::size_t buckets = std::min(buckets_for(*clusters), sums.w.size());
    if (buckets == 0) return Undefined{"too few clusters: fewer than 40"};
    assert(sums.w.size() % buckets == 0);
    const auto w = folded(sums.w, buckets), wy = folded(sums.wy, buckets);
    return ClusterVariance{bucket_variance({w, wy}), buckets};
}

double design_effect(const WeightedSums& sums, double cluster_variance) {
    const double iid = sums.process_variance();
    return iid > 0 ? cluster_variance / iid : 1;
}

double effective_count(const WeightedSums& sums, double cluster_variance) {
    return sums.kish_count() / std::max(1.0, design_effect(sums, cluster_variance));
}

}  // namespace plimsoll::analyse
