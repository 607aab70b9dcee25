#include "analyse/stats/ratio_of_sums.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

namespace {

/// The roots of a r^2 - 2 b r + c, and on which side of them the ratios lie.
FiellerSet fieller_set(double a, double b, double c) {
    const double square = b * b - a * c;
    if (a == 0 || (a < 0 && square <= 0)) return {};
    // The estimate itself is in the set, so for a > 0 there are roots, but for rounding.
    const double root = std::sqrt(std::max(0.0, square));
    if (a > 0) return {FiellerSet::Shape::bounded, {(b - root) / a, (b + root) / a}};
    return {FiellerSet::Shape::outside, {(b + root) / a, (b - root) / a}};
}

}  // namespace

void RatioSums::add(double cluster_numerator, double cluster_denominator) {
    merge({1, cluster_numerator, cluster_denominator});
}

void RatioSums::merge(const RatioSums& other) {
    if (other.n == 0) return;
    const auto here = static_cast<double>(n);
    const double share = static_cast<double>(other.n) / (here + static_cast<double>(other.n));
    const double dn = other.numerator - numerator, dd_mean = other.denominator - denominator;
    nn += other.nn + dn * dn * here * share;
    nd += other.nd + dn * dd_mean * here * share;
    dd += other.dd + dd_mean * dd_mean * here * share;
    numerator += dn * share;
    denominator += dd_mean * share;
    n += other.n;
}

bool FiellerSet::contains(double ratio) const {
    switch (shape) {
        case Shape::bounded:
            return limits.contains(ratio);
        case Shape::outside:
            return ratio <= limits.low || ratio >= limits.high;
        case Shape::everything:
            return true;
    }
    return true;
}

std::string FiellerSet::says() const {
    switch (shape) {
        case Shape::bounded:
            return fmt::format("between {:.3g} and {:.3g}", limits.low, limits.high);
        case Shape::outside:
            if (limits.low < 0 && limits.high > 0) {  // What is counted has no negative ratios.
                return fmt::format(
                    "{:.3g} or more, without an upper limit: the denominator may be "
                    "zero",
                    limits.high);
            }
            return fmt::format("at most {:.3g}, or at least {:.3g}: the denominator may be zero",
                               limits.low, limits.high);
        case Shape::everything:
            break;
    }
    return "anything: the denominator may be zero, and so may the numerator";
}

Computed<RatioOfSums> ratio_of_sums(const RatioSums& sums) {
    if (sums.n < 2) return Undefined{"fewer than two clusters"};
    const double x = sums.denominator, y = sums.numerator;
    if (x == 0) return Undefined{"the denominators add up to zero"};
    const auto n = static_cast<double>(sums.n);
    const double ratio = y / x, of_means = 1 / (n * (n - 1));
    const double residual = sums.nn - 2 * ratio * sums.nd + ratio * ratio * sums.dd;
    const double error = std::sqrt(std::max(0.0, residual) * of_means) / std::abs(x);
    const double t = student_quantile(0.975, n - 1), t2 = t * t * of_means;
    RatioOfSums result;
    result.estimate = {ratio, error, {ratio - t * error, ratio + t * error}};
    result.fieller = fieller_set(x * x - t2 * sums.dd, x * y - t2 * sums.nd, y * y - t2 * sums.nn);
    result.denominator_cv = std::sqrt(sums.dd * of_means) / std::abs(x);
    result.prefer_fieller = sums.n < 200 || result.denominator_cv > 0.05;
    return result;
}

Computed<double> winsorised_mean(std::span<const double> values, double q) {
    if (values.empty()) return Undefined{"no values"};
    std::vector<double> sorted(values.begin(), values.end());
    const double rank = std::clamp(std::ceil(q * static_cast<double>(sorted.size())), 1.0,
                                   static_cast<double>(sorted.size()));
    const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
    std::ranges::nth_element(sorted, at);
    const double most = *at;
    double sum = 0;
    for (const double value : values) sum += std::min(value, most);
    return sum / static_cast<double>(values.size());
}

}  // namespace plimsoll::analyse
