#include "analyse/drift/two_sigma.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

namespace {

/// The rule's deviation, as a share of the one with k - 1.
double scale(double weeks, bool divide_by_weeks) {
    return divide_by_weeks ? std::sqrt((weeks - 1) / weeks) : 1;
}

}  // namespace

double two_sigma_false_alarm_rate(std::size_t weeks, TwoSigmaOptions options) {
    assert(weeks >= 2);
    const auto k = static_cast<double>(weeks);
    const double t = options.multiplier * scale(k, options.divide_by_weeks) / std::sqrt(1 + 1 / k);
    return student_two_sided_p(t, k - 1);
}

double two_sigma_multiplier(std::size_t weeks, double rate, bool divide_by_weeks) {
    assert(weeks >= 2 && rate > 0 && rate < 1);
    const auto k = static_cast<double>(weeks);
    return student_quantile(1 - rate / 2, k - 1) * std::sqrt(1 + 1 / k) / scale(k, divide_by_weeks);
}

double two_sigma_on_a_line(std::size_t weeks, bool divide_by_weeks) {
    assert(weeks >= 2);
    const auto k = static_cast<double>(weeks);
    return std::sqrt(3 * (k + 1) / k) / scale(k, divide_by_weeks);
}

Computed<TwoSigma> two_sigma_rule(std::span<const double> trailing, double now,
                                  TwoSigmaOptions options) {
    if (trailing.size() < 2) return Undefined{"fewer than two trailing weeks"};
    if (std::ranges::count(trailing, trailing[0]) == std::ssize(trailing)) {
        return Undefined{"all trailing weeks are the same"};
    }
    const auto k = static_cast<double>(trailing.size());
    TwoSigma rule;
    for (const double week : trailing) rule.mean += week / k;
    double squares = 0;
    for (const double week : trailing) squares += (week - rule.mean) * (week - rule.mean);
    rule.deviation = std::sqrt(squares / (k - 1)) * scale(k, options.divide_by_weeks);
    rule.z = (now - rule.mean) / rule.deviation;
    rule.alarm = std::abs(rule.z) > options.multiplier;
    rule.false_alarm_rate = two_sigma_false_alarm_rate(trailing.size(), options);
    return rule;
}

}  // namespace plimsoll::analyse
