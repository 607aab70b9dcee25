#include "analyse/calibration/ppi.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "analyse/stats/moments.h"

namespace plimsoll::analyse {

PpiMean ppi_mean(std::span<const double> human, std::span<const double> judge,
                 std::span<const double> unlabelled, double z) {
    assert(human.size() == judge.size() && human.size() >= 2 && !unlabelled.empty());
    const auto n = static_cast<double>(human.size()),
               others = static_cast<double>(unlabelled.size());
    Moments y, f, all, rest;
    for (const double each : human) y.add(each);
    for (const double each : judge) f.add(each);
    for (const double each : unlabelled) rest.add(each);
    all = f;
    all.merge(rest);
    double covariance = 0;
    for (std::size_t i = 0; i < human.size(); ++i) {
        covariance += (human[i] - y.mean) * (judge[i] - f.mean) / n;
    }
    PpiMean result;
    const double spread = (1 + n / others) * all.variance();
    result.lambda = spread > 0 ? std::clamp(covariance / spread, 0.0, 1.0) : 0;
    Moments rectifier;
    for (std::size_t i = 0; i < human.size(); ++i) {
        rectifier.add(human[i] - result.lambda * judge[i]);
    }
    const double theta = result.lambda * rest.mean + rectifier.mean;
    const double variance =
        result.lambda * result.lambda * rest.m2 / (others * others) + rectifier.m2 / (n * n);
    const double half = z * std::sqrt(variance);
    result.estimate = {theta, std::sqrt(variance), clamped({theta - half, theta + half}, 0, 1)};
    return result;
}

}  // namespace plimsoll::analyse
