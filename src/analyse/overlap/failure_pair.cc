#include "analyse/overlap/failure_pair.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "analyse/stats/distributions.h"
#include "analyse/stats/solve.h"

namespace plimsoll::analyse {

double phi(const FailurePair& pair) {
    const double n = pair.total();
    return (pair.both * pair.neither - pair.only_a * pair.only_b) /
           std::sqrt(pair.a() * (n - pair.a()) * pair.b() * (n - pair.b()));
}

double phi_max(const FailurePair& pair) {
    const double a = pair.a() / pair.total(), b = pair.b() / pair.total();
    const double low = std::min(a, b), high = std::max(a, b);
    if (low <= 0 || high >= 1) return std::numeric_limits<double>::quiet_NaN();
    return std::sqrt(low * (1 - high) / (high * (1 - low)));
}

double b_given_a(const FailurePair& pair) {
    return pair.both / pair.a();
}
double a_given_b(const FailurePair& pair) {
    return pair.both / pair.b();
}
double lift(const FailurePair& pair) {
    return pair.both * pair.total() / (pair.a() * pair.b());
}
double jaccard(const FailurePair& pair) {
    return pair.both / (pair.both + pair.only_a + pair.only_b);
}

namespace {

FailurePair filled(const FailurePair& pair) {
    if (std::min({pair.both, pair.only_a, pair.only_b, pair.neither}) > 0) return pair;
    return {pair.both + .5, pair.only_a + .5, pair.only_b + .5, pair.neither + .5};
}

/// P(X > h, Y > k) for standard normals with correlation sin(angle): Plackett's d/dr of it is
/// the bivariate density, which in the angle has no root in its denominator. Simpson's rule.
double both_above(double h, double k, double angle) {
    const auto slope = [&](double t) {
        const double s = std::sin(t), c = std::cos(t);
        // At 90 degrees the exponent is -infinity, but for h = k, where it has the limit below.
        const double q = c * c < 1e-15 ? (h == k ? h * h / 2 : 1e300)
                                       : (h * h + k * k - 2 * h * k * s) / (2 * c * c);
        return std::exp(-q) / (2 * std::numbers::pi);
    };
    constexpr int steps = 4000;
    const double step = angle / steps;
    double sum = slope(0) + slope(angle);
    for (int i = 1; i < steps; ++i) sum += (i % 2 == 1 ? 4 : 2) * slope(i * step);
    return normal_cdf(-h) * normal_cdf(-k) + sum * step / 3;
}

}  // namespace

double odds_ratio(const FailurePair& pair) {
    const FailurePair cells = filled(pair);
    return cells.both * cells.neither / (cells.only_a * cells.only_b);
}

Computed<double> tetrachoric(const FailurePair& pair) {
    const double n = pair.total();
    if (!(pair.a() > 0 && pair.a() < n && pair.b() > 0 && pair.b() < n))
        return Undefined{"a dimension never fails, or always"};
    const FailurePair cells = filled(pair);
    const double total = cells.total(), h = -normal_quantile(cells.a() / total),
                 k = -normal_quantile(cells.b() / total);
    const double angle = root_of([&](double t) { return both_above(h, k, t) - cells.both / total; },
                                 -std::numbers::pi / 2, std::numbers::pi / 2, 1e-13);
    return std::sin(angle);
}

}  // namespace plimsoll::analyse
