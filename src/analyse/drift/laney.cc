#include "analyse/drift/laney.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace plimsoll::analyse {

namespace {

/// E|X - Y| of two standard normal numbers, as the charts of Shewhart's school round it.
constexpr double d2 = 1.128;

}  // namespace

Interval LaneyChart::limits(double n) const {
    const double half = 3 * sigma_z * std::sqrt(rate * (1 - rate) / n);
    return clamped({rate - half, rate + half}, 0, 1);
}

Computed<LaneyChart> laney_chart(std::span<const double> passed, std::span<const double> counts) {
    assert(passed.size() == counts.size());
    if (counts.size() < 2) return Undefined{"fewer than two weeks"};
    double all = 0, good = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (!(counts[i] > 0)) return Undefined{"a week without scores"};
        all += counts[i];
        good += passed[i];
    }
    LaneyChart chart;
    chart.rate = good / all;
    if (good <= 0 || good >= all) return Undefined{"every week is the same: all passed or none"};
    const auto z = [&](std::size_t i) {
        return (passed[i] / counts[i] - chart.rate) /
               std::sqrt(chart.rate * (1 - chart.rate) / counts[i]);
    };
    for (std::size_t i = 1; i < counts.size(); ++i) {
        chart.moving_range += std::abs(z(i) - z(i - 1)) / static_cast<double>(counts.size() - 1);
    }
    chart.sigma_z = chart.moving_range / d2;
    return chart;
}

}  // namespace plimsoll::analyse
