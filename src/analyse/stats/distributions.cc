#include "analyse/stats/distributions.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numbers>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/lambert_w.hpp>
#include <boost/math/special_functions/trigamma.hpp>

namespace plimsoll::analyse {

namespace {

namespace bm = boost::math;

/// Doubles stay doubles (no slow long double), and an overflow is an infinity, not an exception.
using Policy = bm::policies::policy<bm::policies::promote_double<false>,
                                    bm::policies::overflow_error<bm::policies::ignore_error>,
                                    bm::policies::underflow_error<bm::policies::ignore_error>>;
using Student = bm::students_t_distribution<double, Policy>;
using ChiSquare = bm::chi_squared_distribution<double, Policy>;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// log Gamma(x) less Stirling's (x - 1/2) log x - x + log(2 pi) / 2, for x >= 10.
double stirling_rest(double x) {
    const double y = 1 / (x * x);
    return (1. / 12 -
            y * (1. / 360 -
                 y * (1. / 1260 - y * (1. / 1680 - y * (1. / 1188 - y * 691. / 360360))))) /
           x;
}

}  // namespace

double normal_cdf(double z) {
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

double normal_quantile(double p) {
    assert(p >= 0 && p <= 1);
    if (p == 0) return -infinity;
    if (p == 1) return infinity;
    return -std::numbers::sqrt2 * bm::erfc_inv(2 * p, Policy());
}

double student_cdf(double t, double degrees) {
    assert(degrees > 0);
    if (std::isinf(t)) return t > 0 ? 1 : 0;
    return bm::cdf(Student(degrees), t);
}

double student_quantile(double p, double degrees) {
    assert(p >= 0 && p <= 1 && degrees > 0);
    if (p == 0) return -infinity;
    if (p == 1) return infinity;
    return bm::quantile(Student(degrees), p);
}

double student_two_sided_p(double t, double degrees) {
    assert(degrees > 0);
    if (std::isinf(t)) return 0;
    return 2 * bm::cdf(bm::complement(Student(degrees), std::abs(t)));
}

double chi_square_cdf(double x, double degrees) {
    assert(degrees > 0);
    if (x <= 0) return 0;
    return std::isinf(x) ? 1 : bm::cdf(ChiSquare(degrees), x);
}

double chi_square_survival(double x, double degrees) {
    assert(degrees > 0);
    if (x <= 0) return 1;
    return std::isinf(x) ? 0 : bm::cdf(bm::complement(ChiSquare(degrees), x));
}

double chi_square_quantile(double p, double degrees) {
    assert(p >= 0 && p <= 1 && degrees > 0);
    return p == 1 ? infinity : bm::quantile(ChiSquare(degrees), p);
}

double beta_cdf(double x, double a, double b) {
    assert(a > 0 && b > 0);
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    return bm::ibeta(a, b, x, Policy());
}

double beta_quantile(double p, double a, double b) {
    assert(p >= 0 && p <= 1 && a > 0 && b > 0);
    return bm::ibeta_inv(a, b, p, Policy());
}

double log_beta(double a, double b) {
    assert(a > 0 && b > 0);
    const double small = std::min(a, b), large = std::max(a, b), share = small / (small + large);
    if (large < 10) {
        return bm::lgamma(a, Policy()) + bm::lgamma(b, Policy()) - bm::lgamma(a + b, Policy());
    }
    // log Gamma of large and of the sum are large and nearly equal: Stirling's formula for both,
    // with the equal parts left out.
    const double rest =
        stirling_rest(large) - stirling_rest(small + large) + (large - 0.5) * std::log1p(-share);
    if (small < 10) return bm::lgamma(small, Policy()) + small - small * std::log(a + b) + rest;
    return std::log(2 * std::numbers::pi / (a + b)) / 2 + stirling_rest(small) +
           (small - 0.5) * std::log(share) + rest;
}

double binomial_cdf(double k, double n, double p) {
    assert(n >= 0 && p >= 0 && p <= 1);
    k = std::floor(k);
    if (k < 0) return 0;
    if (k >= n) return 1;
    return beta_cdf(1 - p, n - k, k + 1);
}

double binomial_pmf(double k, double n, double p) {
    assert(n >= 0 && p >= 0 && p <= 1);
    if (k < 0 || k > n) return 0;
    if (p == 0) return k == 0 ? 1 : 0;
    if (p == 1) return k == n ? 1 : 0;
    return bm::ibeta_derivative(k + 1, n - k + 1, p, Policy()) / (n + 1);
}

double kolmogorov_survival(double x) {
    if (x <= 0) return 1;
    constexpr double pi = std::numbers::pi;
    if (x < 1.18) {  // The theta form: three terms are exact to double precision here.
        double sum = 0;
        for (int k = 1; k <= 4; ++k) {
            const double odd = 2 * k - 1;
            sum += std::exp(-odd * odd * pi * pi / (8 * x * x));
        }
        return 1 - std::sqrt(2 * pi) / x * sum;
    }
    double sum = 0;
    for (int j = 1; j <= 8; ++j) sum += (j % 2 == 1 ? 2 : -2) * std::exp(-2.0 * j * j * x * x);
    return sum;
}

double lambert_w_minus1(double x) {
    assert(x < 0 && x >= -1 / std::numbers::e);
    return bm::lambert_wm1(x, Policy());
}

double digamma(double x) {
    assert(x > 0);
    return bm::digamma(x, Policy());
}

double trigamma(double x) {
    assert(x > 0);
    return bm::trigamma(x, Policy());
}

}  // namespace plimsoll::analyse
