#include "analyse/stats/paule_mandel.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

#include "analyse/stats/solve.h"

namespace plimsoll::analyse {

namespace {

/// The weighted mean if the variance between units were `tau2`.
RandomEffects with_tau2(std::span<const double> values, std::span<const double> variances,
                        double tau2) {
    double weight = 0, weighted = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        weight += 1 / (variances[i] + tau2);
        weighted += values[i] / (variances[i] + tau2);
    }
    return {tau2, weighted / weight, std::sqrt(1 / weight)};
}

/// sum (y - mu)^2 / (v + tau2): falls as tau2 grows.
double spread(std::span<const double> values, std::span<const double> variances, double tau2) {
    const double mean = with_tau2(values, variances, tau2).mean;
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        sum += (values[i] - mean) * (values[i] - mean) / (variances[i] + tau2);
    }
    return sum;
}

void check(std::span<const double> values, std::span<const double> variances) {
    assert(!values.empty() && values.size() == variances.size());
    assert(std::ranges::all_of(variances, [](double v) { return v > 0; }));
}

}  // namespace

RandomEffects paule_mandel(std::span<const double> values, std::span<const double> variances) {
    check(values, variances);
    const double degrees = static_cast<double>(values.size()) - 1;
    const auto excess = [&](double tau2) { return spread(values, variances, tau2) - degrees; };
    if (values.size() < 2 || excess(0) <= 0) return with_tau2(values, variances, 0);
    // The weighted mean minimises the weighted spread, so with the plain mean in its place
    // spread(tau2) <= squares / tau2, and the root lies at or below squares / (k - 1).
    double mean = 0, squares = 0;
    for (const double y : values) mean += y / static_cast<double>(values.size());
    for (const double y : values) squares += (y - mean) * (y - mean);
    return with_tau2(values, variances, root_of(excess, 0, squares / degrees));
}

RandomEffects dersimonian_laird(std::span<const double> values, std::span<const double> variances) {
    check(values, variances);
    double weight = 0, weight2 = 0;
    for (const double v : variances) {
        weight += 1 / v;
        weight2 += 1 / (v * v);
    }
    const double degrees = static_cast<double>(values.size()) - 1;
    const double scale = weight - weight2 / weight;
    const double excess = spread(values, variances, 0) - degrees;
    return with_tau2(values, variances, scale > 0 ? std::max(0.0, excess / scale) : 0);
}

}  // namespace plimsoll::analyse
