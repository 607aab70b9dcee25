/// bootstrap.h: an interval for any statistic of items, by drawing the items anew 4999 times.
///
///   statistic(times): what it is when item i appears times[i] times (0, 1, 2 …)
///
/// Bias-corrected and accelerated (BCa): the quantiles read off are shifted by how far the
/// statistic lies from the middle of its replicates (ties count half: the statistics are discrete)
/// and by how its error changes along its scale. Replicate r uses CounterRandom(key, r), so anyone
/// gets the same interval. 200 items cost 9 ms with MCC, 13 ms with Spearman (bootstrap_bench.cc).
/// Source: Efron 1987.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analyse/stats/computed.h"
#include "analyse/stats/distributions.h"
#include "analyse/stats/interval.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {

inline constexpr std::uint32_t bootstrap_replicates = 4999;

/// The 95% interval from the replicates (any order; sorted here) and what the statistic becomes
/// without each item in turn. Undefined if all replicates lie on one side of `value`, or are
/// the same.
Computed<Interval> bca_interval(double value, std::vector<double> replicates,
                                std::span<const double> without_one);

/// `statistic` takes std::span<const double> times and answers std::optional<double>. Replicates
/// without an answer are left out; with more than a tenth of them gone the interval is Undefined.
template <class Statistic>
Computed<Interval> bootstrap(std::size_t items, std::uint64_t key, Statistic&& statistic,
                             std::uint32_t replicates = bootstrap_replicates) {
    if (items < 10) return Undefined{"fewer than ten items"};
    std::vector<double> times(items, 1);
    const std::optional<double> value = statistic(std::span<const double>(times));
    if (!value) return Undefined{"the statistic itself is undefined"};
    std::vector<double> without_one(items);
    for (std::size_t i = 0; i < items; ++i) {
        times[i] = 0;
        without_one[i] = statistic(std::span<const double>(times)).value_or(*value);
        times[i] = 1;
    }
    std::vector<double> values;
    values.reserve(replicates);
    for (std::uint32_t r = 0; r < replicates; ++r) {
        CounterRandom dice(key, r);
        std::ranges::fill(times, 0);
        for (std::size_t i = 0; i < items; ++i)
            ++times[dice.below(static_cast<std::uint32_t>(items))];
        if (const std::optional<double> one = statistic(std::span<const double>(times))) {
            values.push_back(*one);
        }
    }
    if (values.size() < 0.9 * replicates) {
        return Undefined{"too few items of the rarer kinds for a bootstrap"};
    }
    return bca_interval(*value, std::move(values), without_one);
}

}  // namespace plimsoll::analyse
