/// moments.h: mean and variance of what has no upper bound (latency, cost), so that parts merge.
///
/// Sums of squares would lose every digit of a variance that is small beside the mean; (n, mean,
/// M2) does not. Source: Welford 1962, Chan, Golub and LeVeque 1979.
#pragma once

#include <cstdint>

namespace plimsoll::analyse {

struct Moments {
    std::uint64_t n = 0;
    double mean = 0;
    double m2 = 0;  ///< Sum of (x - mean)^2.

    void add(double x) {
        ++n;
        const double delta = x - mean;
        mean += delta / static_cast<double>(n);
        m2 += delta * (x - mean);
    }
    void merge(const Moments& other) {
        if (other.n == 0) return;
        const double share = static_cast<double>(other.n) / static_cast<double>(n + other.n);
        const double delta = other.mean - mean;
        m2 += other.m2 + delta * delta * static_cast<double>(n) * share;
        mean += delta * share;
        n += other.n;
    }
    /// Of one x, by n - 1. Needs n >= 2.
    double variance() const { return m2 / static_cast<double>(n - 1); }
    bool operator==(const Moments&) const = default;
};

}  // namespace plimsoll::analyse
