#include "analyse/stats/quantile_limits.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

#include "analyse/stats/cluster_variance.h"
#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

namespace {

/// The smallest k in 0 … n with `enough(k)`, which is monotone.
template <class Enough>
std::uint64_t smallest(std::uint64_t n, Enough&& enough) {
    std::uint64_t low = 0, high = n;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (enough(middle)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

}  // namespace

QuantileRanks quantile_ranks(std::uint64_t n, double q, double alpha, double design_effect) {
    assert(n >= 1 && q > 0 && q < 1 && alpha > 0 && alpha < 1);
    const double count = static_cast<double>(n), middle = count * q;
    const double spread = std::sqrt(std::max(1.0, design_effect));
    const auto cdf = [&](double k) { return binomial_cdf(k, count, q); };
    const std::uint64_t l =
        smallest(n, [&](std::uint64_t k) { return cdf(static_cast<double>(k)) > alpha / 2; });
    const auto stretched = [&](double rank) { return middle + (rank - middle) * spread; };
    QuantileRanks ranks;
    ranks.low = static_cast<std::uint64_t>(
        std::clamp(std::floor(stretched(static_cast<double>(l))), 0.0, count));
    double upper = std::numeric_limits<double>::infinity();
    if (std::pow(q, count) <= alpha / 2) {
        const std::uint64_t u = 1 + smallest(n, [&](std::uint64_t k) {
                                    return cdf(static_cast<double>(k)) >= 1 - alpha / 2;
                                });
        upper = std::ceil(stretched(static_cast<double>(u)));
    }
    if (upper <= count) ranks.high = static_cast<std::uint64_t>(upper);
    ranks.coverage = (ranks.high ? cdf(static_cast<double>(*ranks.high) - 1) : 1) -
                     cdf(static_cast<double>(ranks.low) - 1);
    return ranks;
}

Computed<Estimate> quantile_estimate(const DDSketch& sketch, double q, double alpha,
                                     double design_effect) {
    const auto value = sketch.quantile(q);
    if (!value) return Undefined{value.why()};
    const QuantileRanks ranks = quantile_ranks(sketch.count(), q, alpha, design_effect);
    const double a = sketch.accuracy();
    return Estimate{.value = *value,
                    .interval = {ranks.low == 0 ? 0 : sketch.value_at(ranks.low - 1) / (1 + a),
                                 ranks.high ? sketch.value_at(*ranks.high - 1) / (1 - a)
                                            : std::numeric_limits<double>::infinity()}};
}

Computed<Estimate> quantile_estimate(std::span<const DDSketch> buckets, double q,
                                     std::optional<double> clusters) {
    assert(!buckets.empty());
    DDSketch all = buckets[0];
    for (const DDSketch& bucket : buckets.subspan(1)) all.merge(bucket);
    const auto value = all.quantile(q);
    if (!value) return Undefined{value.why()};
    std::vector<double> counts, above;
    for (const DDSketch& bucket : buckets) {
        counts.push_back(static_cast<double>(bucket.count()));
        above.push_back(counts.back() * (1 - bucket.share_up_to(*value)));
    }
    const auto between = cluster_variance({counts, above}, clusters);
    if (!between) return Undefined{between.why()};
    const double tail = 1 - all.share_up_to(*value);
    const double alone = tail * (1 - tail) / static_cast<double>(all.count());
    const double wider = between->quantile() / z_95_two_sided;
    const double effect = alone > 0 ? between->variance / alone : 1;
    return quantile_estimate(all, q, 0.05, std::max(1.0, effect) * wider * wider);
}

}  // namespace plimsoll::analyse
