#include "analyse/comparison/tango.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "analyse/stats/solve.h"

namespace plimsoll::analyse {

double tango_z(const PairedCounts& counts, double difference) {
    const auto [b, c, n] = counts;
    const double d = difference;
    assert(n > 0 && b >= 0 && c >= 0 && b + c <= n && std::abs(d) < 1);
    // q: the chance of "lost" that fits the counts best if the difference were d.
    const double linear = -b - c + (2 * n - b + c) * d;
    const double constant = -c * d * (1 - d);
    const double q =
        (std::sqrt(std::fmax(0, linear * linear - 8 * n * constant)) - linear) / (4 * n);
    const double distance = b - c - n * d;
    const double variance = n * (2 * q + d * (1 - d));
    if (variance <= 0) return distance == 0 ? 0 : std::copysign(INFINITY, distance);
    return distance / std::sqrt(variance);
}

Interval tango(const PairedCounts& counts, double z) {
    const auto limit = [&](double at, double low, double high) {
        return root_of([&](double d) { return tango_z(counts, d) - at; }, low, high);
    };
    constexpr double edge = 1 - 1e-12;
    const double point = std::clamp(counts.difference(), -edge, edge);
    return {point == -edge ? -1 : limit(z, -edge, point),
            point == edge ? 1 : limit(-z, point, edge)};
}

}  // namespace plimsoll::analyse
