/// jackknife.h: the variance of any smooth statistic of sums, from leaving out one bucket at a
/// time.
///
///   buckets of Sums ──▶ T(all but bucket g) for every g ──▶ (G-1)/G sum (T_(-g) - mean)^2
///
/// Sums need `merge`; the statistic maps Sums to a number. Everything but bucket g is the merge of
/// what stands before and behind it, so nothing is subtracted and no digit lost; O(G) merges.
/// Source: Quenouille 1956, Tukey 1958; docs/statistics/0-kernel.md.
#pragma once

#include <cassert>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "analyse/stats/computed.h"

namespace plimsoll::analyse {

struct Jackknife {
    double value = 0;             ///< Of all buckets together.
    double variance = 0;          ///< To go with Student's t of G - 1 degrees.
    std::vector<double> without;  ///< T_(-g), for an acceleration or a bias.
};

/// Needs two buckets. Undefined where the statistic is not finite for the whole, or without one of
/// the buckets.
template <class Sums, class Statistic>
Computed<Jackknife> jackknife(std::span<const Sums> buckets, Statistic&& statistic) {
    const std::size_t count = buckets.size();
    assert(count >= 2);
    std::vector<Sums> behind(buckets.begin(), buckets.end());  // behind[g]: buckets g … G-1.
    for (std::size_t g = count - 1; g-- > 0;) {
        Sums sum = buckets[g];
        sum.merge(behind[g + 1]);
        behind[g] = sum;
    }
    Jackknife result;
    result.value = statistic(behind[0]);
    if (!std::isfinite(result.value)) return Undefined{"the statistic is not finite"};
    result.without.reserve(count);
    Sums before = buckets[0];  // From g = 1 on: buckets 0 … g-1.
    double mean = 0;
    for (std::size_t g = 0; g < count; ++g) {
        Sums rest = g == 0 ? behind[1] : before;
        if (g > 0 && g + 1 < count) rest.merge(behind[g + 1]);
        if (g > 0) before.merge(buckets[g]);
        result.without.push_back(statistic(rest));
        if (!std::isfinite(result.without.back())) {
            return Undefined{"without one bucket of clusters the statistic is not finite"};
        }
        mean += result.without.back() / static_cast<double>(count);
    }
    for (const double without : result.without) {
        result.variance += (without - mean) * (without - mean);
    }
    result.variance *= static_cast<double>(count - 1) / static_cast<double>(count);
    return result;
}

}  // namespace plimsoll::analyse
