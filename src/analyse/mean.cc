#include "analyse/mean.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace plimsoll::analyse {

namespace {

/// 97.5% quantile of Student's t with 63 degrees of freedom: 64 buckets, less one.
constexpr double t_63 = 1.998341;

/// With fewer buckets occupied, their spread says little: then sessions, at most one a bucket, are
/// what is counted.
constexpr std::size_t buckets_min = 16;

}  // namespace

double cluster_variance(const MeanSums& sums) {
    const auto buckets = sums.bucket_weight.size();
    assert(buckets >= 2 && sums.bucket_weighted.size() == buckets && sums.weight > 0);
    const double mean = sums.weighted / sums.weight;
    double squares = 0;
    for (std::size_t g = 0; g < buckets; ++g) {
        const double d = sums.bucket_weighted[g] - mean * sums.bucket_weight[g];
        squares += d * d;
    }
    const auto count = static_cast<double>(buckets);
    return count / (count - 1) * squares / (sums.weight * sums.weight);
}

std::optional<Mean> mean_of(const MeanSums& sums) {
    if (sums.scored == 0 || sums.weight <= 0) return std::nullopt;
    Mean mean;
    mean.value = std::clamp(sums.weighted / sums.weight, 0.0, 1.0);

    const auto occupied = static_cast<std::size_t>(
        std::ranges::count_if(sums.bucket_weight, [](double weight) { return weight > 0; }));
    const auto scored = static_cast<double>(sums.scored);
    if (occupied < buckets_min) {
        mean.effective_count = std::min(scored, static_cast<double>(std::max<std::size_t>(1, occupied)));
        mean.method = "Wilson, few sessions: one count per session bucket";
    } else {
        const double variance = cluster_variance(sums);
        const double spread = mean.value * (1 - mean.value);
        mean.effective_count = variance > 0 && spread > 0 ? spread / variance : scored;
        mean.method = "Wilson with the effective count of 64 session buckets";
    }
    const double n = mean.effective_count;
    const double z2 = t_63 * t_63;
    const double center = (mean.value + z2 / (2 * n)) / (1 + z2 / n);
    const double half =
        t_63 / (1 + z2 / n) * std::sqrt(mean.value * (1 - mean.value) / n + z2 / (4 * n * n));
    mean.low = std::clamp(center - half, 0.0, mean.value);
    mean.high = std::clamp(center + half, mean.value, 1.0);
    return mean;
}

}  // namespace plimsoll::analyse
