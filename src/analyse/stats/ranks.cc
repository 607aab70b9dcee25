#include "analyse/stats/ranks.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace plimsoll::analyse {

std::vector<std::uint32_t> order_of(std::span<const double> values) {
    std::vector<std::uint32_t> order(values.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return values[i]; });
    return order;
}

void mid_ranks(std::span<const double> values, std::span<const std::uint32_t> order,
               std::span<const double> weights, std::span<double> ranks) {
    assert(values.size() == order.size() && ranks.size() == order.size());
    double below = 0;
    for (std::size_t first = 0; first < order.size();) {
        double tied = 0;
        std::size_t end = first;
        for (; end < order.size() && values[order[end]] == values[order[first]]; ++end) {
            tied += weights.empty() ? 1 : weights[order[end]];
        }
        for (; first < end; ++first) ranks[order[first]] = below + tied / 2 + 0.5;
        below += tied;
    }
}

std::vector<double> mid_ranks(std::span<const double> values, std::span<const double> weights) {
    std::vector<double> ranks(values.size());
    mid_ranks(values, order_of(values), weights, ranks);
    return ranks;
}

}  // namespace plimsoll::analyse
