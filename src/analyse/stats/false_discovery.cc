#include "analyse/stats/false_discovery.h"

#include <algorithm>
#include <cassert>
#include <numeric>

namespace plimsoll::analyse {

namespace {

/// The places of `values` from small to large; equal values in the order they came in.
std::vector<std::size_t> ascending(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
    return order;
}

std::vector<double> step_up(std::span<const double> p, double factor) {
    const std::vector<std::size_t> order = ascending(p);
    std::vector<double> adjusted(p.size());
    double least = 1;
    for (std::size_t rank = p.size(); rank > 0; --rank) {
        const std::size_t i = order[rank - 1];
        assert(p[i] >= 0 && p[i] <= 1);
        least = std::min(least, factor * p[i] / static_cast<double>(rank));
        adjusted[i] = least;
    }
    return adjusted;
}

}  // namespace

std::vector<double> benjamini_hochberg(std::span<const double> p) {
    return step_up(p, static_cast<double>(p.size()));
}

std::vector<double> benjamini_yekutieli(std::span<const double> p) {
    double harmonic = 0;
    for (std::size_t k = p.size(); k > 0; --k) harmonic += 1 / static_cast<double>(k);
    return step_up(p, harmonic * static_cast<double>(p.size()));
}

std::vector<double> holm(std::span<const double> p) {
    const std::vector<std::size_t> order = ascending(p);
    std::vector<double> adjusted(p.size());
    double most = 0;
    for (std::size_t rank = 0; rank < p.size(); ++rank) {
        const std::size_t i = order[rank];
        most = std::max(most, std::min(1.0, static_cast<double>(p.size() - rank) * p[i]));
        adjusted[i] = most;
    }
    return adjusted;
}

std::vector<bool> e_bh(std::span<const double> e, double alpha) {
    assert(alpha > 0 && alpha <= 1);
    const std::vector<std::size_t> order = ascending(e);
    const double needed = static_cast<double>(e.size()) / alpha;
    std::vector<bool> believed(e.size());
    std::size_t least = 0;  // Of `order`, the first that is believed.
    while (least < e.size() && static_cast<double>(e.size() - least) * e[order[least]] < needed)
        ++least;
    for (std::size_t at = least; at < e.size(); ++at) believed[order[at]] = true;
    return believed;
}

}  // namespace plimsoll::analyse
