#include "analyse/stats/bootstrap.h"

namespace plimsoll::analyse {

Computed<Interval> bca_interval(double value, std::vector<double> replicates,
                                std::span<const double> without_one) {
    std::ranges::sort(replicates);
    if (replicates.back() - replicates.front() <= 1e-12 * std::abs(value)) {
        return Undefined{"every replicate is the same, so the error is unknown"};
    }
    const auto [first, last] = std::ranges::equal_range(replicates, value);
    const double count = static_cast<double>(replicates.size());
    const double less = static_cast<double>(first - replicates.begin());
    const double equal = static_cast<double>(last - first);
    const double share = (less + equal / 2) / count;
    if (share <= 0 || share >= 1) return Undefined{"the bootstrap does not surround the value"};
    const double shift = normal_quantile(share);

    double mean = 0, squares = 0, cubes = 0;
    for (const double one : without_one) mean += one / static_cast<double>(without_one.size());
    for (const double one : without_one) {
        const double d = mean - one;
        squares += d * d;
        cubes += d * d * d;
    }
    const double acceleration = squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;

    const auto quantile = [&](double z) {
        const double level = normal_cdf(shift + (shift + z) / (1 - acceleration * (shift + z)));
        const double rank = std::clamp(std::floor(level * (count + 1)), 1., count);
        return replicates[static_cast<std::size_t>(rank) - 1];
    };
    return Interval{quantile(-z_95_two_sided), quantile(z_95_two_sided)};
}

}  // namespace plimsoll::analyse
