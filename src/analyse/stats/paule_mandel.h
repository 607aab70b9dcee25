/// paule_mandel.h: a common mean of values that differ by more than their own noise.
///
///   y_i = mu + (between units: variance tau2) + (within unit i: variance v_i)
///
/// Weeks of one series, days of a reference, sibling slices, studies of a meta-analysis: all have
/// this shape. tau2 is what differs beside sampling noise; with tau2 = 0 all units are one.
#pragma once

#include <span>

namespace plimsoll::analyse {

struct RandomEffects {
    double tau2 = 0;  ///< Variance between units, >= 0.
    double mean = 0;
    double standard_error = 0;  ///< Of the mean.
};

/// tau2 solves sum (y_i - mu)^2 / (v_i + tau2) = k - 1, or is 0 if the sum is below that at 0.
/// Needs as many variances as values, all > 0, and at least one. Source: Paule and Mandel 1982.
RandomEffects paule_mandel(std::span<const double> values, std::span<const double> variances);

/// The moment estimate in one step, which is what older software reports. Same needs. Source:
/// DerSimonian and Laird 1986.
RandomEffects dersimonian_laird(std::span<const double> values, std::span<const double> variances);

}  // namespace plimsoll::analyse
