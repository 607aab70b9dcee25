/// item_jackknife.h: the error of a statistic that does not come from sums (ranks, for one), from
/// what it becomes when some of its items are left out.
///
/// Up to 500 items one is left out at a time, above that one of 64 groups (item i is in group
/// i mod 64). Statistics of sums have jackknife.h. Source: Tukey 1958.
#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

namespace plimsoll::analyse {

inline constexpr std::size_t item_jackknife_max = 500;

/// How many parts are left out in turn.
inline std::size_t item_jackknife_groups(std::size_t items) {
    return items <= item_jackknife_max ? items : 64;
}

/// `without(group, groups)` is the statistic of the items whose index mod groups is not group, or
/// nullopt. (G-1)/G * sum (T_g - mean T)^2; nullopt if any part is undefined or items < 2.
template <class Statistic>
std::optional<double> item_jackknife_variance(std::size_t items, Statistic&& without) {
    const std::size_t groups = item_jackknife_groups(items);
    if (groups < 2) return std::nullopt;
    std::vector<double> values(groups);
    double mean = 0;
    for (std::size_t g = 0; g < groups; ++g) {
        const std::optional<double> value = without(g, groups);
        if (!value || !std::isfinite(*value)) return std::nullopt;
        values[g] = *value;
        mean += *value / static_cast<double>(groups);
    }
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return squares * static_cast<double>(groups - 1) / static_cast<double>(groups);
}

}  // namespace plimsoll::analyse
