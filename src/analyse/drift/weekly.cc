#include "analyse/drift/weekly.h"

#include <cassert>
#include <cmath>
#include <limits>
#include <string>

#include "analyse/stats/distributions.h"
#include "analyse/stats/paule_mandel.h"
#include "analyse/stats/solve.h"

namespace plimsoll::analyse {

namespace {

Undefined too_few(std::size_t weeks, std::size_t needed) {
    return {std::to_string(weeks) + " reference weeks, at least " + std::to_string(needed) +
            " are needed"};
}

WeeklyTest tested(WeeklyTest test, double now) {
    test.t = (now - test.mean) / test.prediction_error;
    const bool normal = std::isinf(test.degrees);
    test.p = normal ? 2 * normal_cdf(-std::abs(test.t)) : student_two_sided_p(test.t, test.degrees);
    const double half =
        test.prediction_error * (normal ? z_95_two_sided : student_quantile(.975, test.degrees));
    test.expected = {test.mean - half, test.mean + half};
    return test;
}

}  // namespace

Computed<WeeklyTest> weekly_test(std::span<const double> means, std::span<const double> variances,
                                 double now, double now_variance) {
    if (means.size() < reference_weeks_min) return too_few(means.size(), reference_weeks_min);
    const RandomEffects weeks = paule_mandel(means, variances);
    WeeklyTest test;
    test.mean = weeks.mean;
    test.mean_error = weeks.standard_error;
    test.tau2 = weeks.tau2;
    test.prediction_error =
        std::sqrt(weeks.tau2 + now_variance + test.mean_error * test.mean_error);
    test.degrees = static_cast<double>(means.size()) - 1;
    return tested(test, now);
}

/// The logarithm of a sample variance is that of the true one, shifted by digamma(d/2) - log(d/2)
/// and scattered by trigamma(d/2); what scatters beyond that is the siblings' own difference.
Computed<SpreadPrior> pooled_spread(std::span<const double> variances, double degrees) {
    assert(degrees > 0);
    if (variances.size() < 3) return Undefined{"fewer than three sibling series"};
    const auto n = static_cast<double>(variances.size());
    const double shift = digamma(degrees / 2) - std::log(degrees / 2);
    double mean = 0, squares = 0;
    for (const double v : variances) {
        if (!(v > 0)) return Undefined{"a sibling series did not vary at all"};
        mean += (std::log(v) - shift) / n;
    }
    for (const double v : variances) squares += std::pow(std::log(v) - shift - mean, 2);
    const double beyond = squares / (n - 1) - trigamma(degrees / 2);
    if (beyond <= 0) return SpreadPrior{std::exp(mean), std::numeric_limits<double>::infinity()};
    const double half =
        std::exp(root_of([&](double x) { return trigamma(std::exp(x)) - beyond; }, -20, 20));
    return SpreadPrior{std::exp(mean + digamma(half) - std::log(half)), 2 * half};
}

Computed<WeeklyTest> moderated_weekly_test(std::span<const double> means, double now,
                                           SpreadPrior prior) {
    if (means.size() < moderated_weeks_min) return too_few(means.size(), moderated_weeks_min);
    const auto k = static_cast<double>(means.size());
    WeeklyTest test;
    for (const double mean : means) test.mean += mean / k;
    double squares = 0;
    for (const double mean : means) squares += (mean - test.mean) * (mean - test.mean);
    const double variance = std::isinf(prior.degrees) ? prior.variance
                                                      : (prior.degrees * prior.variance + squares) /
                                                            (prior.degrees + k - 1);
    test.tau2 = variance;  // Sampling noise included: it cannot be told apart here.
    test.mean_error = std::sqrt(variance / k);
    test.prediction_error = std::sqrt(variance * (1 + 1 / k));
    test.degrees = prior.degrees + k - 1;
    return tested(test, now);
}

}  // namespace plimsoll::analyse
