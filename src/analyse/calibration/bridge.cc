#include "analyse/calibration/bridge.h"

#include <cassert>
#include <cmath>

#include "analyse/stats/cluster_variance.h"

namespace plimsoll::analyse {

void Bridge::add(double old_score, double new_score, std::string_view cluster, double weight) {
    difference_.add(weight, new_score - old_score, cluster);
    flips_.add(weight, std::abs(new_score - old_score) >= 0.5 ? 1 : 0);
}

void Bridge::merge(const Bridge& other) {
    difference_.merge(other.difference_);
    flips_.merge(other.flips_);
}

Computed<BridgeShift> Bridge::shift(std::optional<double> clusters) const {
    if (flips_.n == 0) return Undefined{"nothing was scored by both judges"};
    const Computed<ClusterVariance> variance = cluster_variance(difference_, clusters);
    if (!variance) return Undefined{variance.why()};
    const double value = difference_.all.mean(), error = std::sqrt(variance->variance);
    const double half = variance->quantile() * error;
    return BridgeShift{
        {value, error, clamped({value - half, value + half}, -1, 1)}, flips_.mean(), flips_.n};
}

std::uint64_t bridge_sessions(double flip_rate, double half_width) {
    assert(half_width > 0);
    const double z = z_95_two_sided / half_width;
    return static_cast<std::uint64_t>(std::ceil(flip_rate * z * z));
}

}  // namespace plimsoll::analyse
