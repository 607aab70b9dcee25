#include "analyse/calibration/label_allocation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analyse/stats/solve.h"

namespace plimsoll::analyse {

namespace {

constexpr std::uint64_t cell_min = 10;

/// Whole numbers as near to `wish` as their sum allows, none above `most`.
std::vector<std::uint64_t> rounded(std::span<const double> wish, std::span<const double> most,
                                   std::uint64_t sum) {
    std::vector<std::uint64_t> result;
    for (const double each : wish) result.push_back(static_cast<std::uint64_t>(each + 1e-9));
    std::vector<std::size_t> order(wish.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t j) {
        return wish[j] - static_cast<double>(result[j]);
    });
    std::uint64_t given = std::accumulate(result.begin(), result.end(), std::uint64_t{0});
    for (const std::size_t j : order) {
        if (given >= sum) break;
        if (static_cast<double>(result[j]) + 1 > most[j]) continue;
        ++result[j];
        ++given;
    }
    return result;
}

/// clamp(k size_j, low_j, high_j) with k such that they add up to `sum`, as near as limits allow.
std::vector<double> in_proportion(std::span<const double> size, std::span<const double> low,
                                  std::span<const double> high, double sum) {
    std::vector<double> result(size.size());
    const auto set = [&](double k) {
        double total = -sum;
        for (std::size_t j = 0; j < size.size(); ++j) {
            result[j] = std::clamp(k * size[j], low[j], high[j]);
            total += result[j];
        }
        return total;
    };
    double k_max = 0;
    for (std::size_t j = 0; j < size.size(); ++j) {
        if (size[j] > 0) k_max = std::max(k_max, high[j] / size[j]);
    }
    if (set(k_max) > 0 && set(0) < 0) set(root_of(set, 0, k_max));
    return result;
}

}  // namespace

std::vector<std::uint64_t> allocate_labels(std::span<const LabelCell> cells, std::uint64_t labels) {
    std::vector<double> size, low, high;
    // With fewer labels than the cells' least, each gets its part of them.
    const std::uint64_t least =
        cells.empty() ? 0 : std::min(cell_min, labels / static_cast<std::uint64_t>(cells.size()));
    for (const LabelCell& cell : cells) {
        size.push_back(cell.share * std::sqrt(cell.pass_rate * (1 - cell.pass_rate)));
        low.push_back(static_cast<double>(std::min(least, cell.available)));
        high.push_back(static_cast<double>(cell.available));
    }
    return rounded(in_proportion(size, low, high, static_cast<double>(labels)), high, labels);
}

LabelsByVerdict first_labels(std::uint64_t judge_fails, std::uint64_t judge_passes,
                             std::uint64_t labels) {
    LabelsByVerdict result;
    result.fail = std::min(judge_fails, (labels + 2) / 3);
    result.pass = std::min(judge_passes, labels - result.fail);
    result.fail = std::min(judge_fails, labels - result.pass);
    return result;
}

std::vector<double> label_inclusion(std::span<const double> judge_right, double labels) {
    const std::size_t count = judge_right.size();
    std::vector<double> size, none(count), one(count, 1.0);
    for (const double g : judge_right) size.push_back(std::sqrt(g * (1 - g)));
    std::vector<double> result = in_proportion(size, none, one, labels / 2);
    for (double& each : result) {
        each = std::min(1.0, each + labels / 2 / static_cast<double>(count));
    }
    return result;
}

}  // namespace plimsoll::analyse
