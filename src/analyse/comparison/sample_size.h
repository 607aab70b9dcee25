/// sample_size.h: how many examples decide whether a candidate may ship.
///
/// Source: normal approximation of the paired difference; docs/statistics/10-gate.md.
#pragma once

namespace plimsoll::analyse {

struct GatePlan {
    double variance = 0;    ///< Of one example's difference: discordance - difference^2 if binary.
    double difference = 0;  ///< Candidate - baseline, as it truly is.
    double margin = 0.03;   ///< A loss smaller than this is tolerable.
    double confidence = 0.95;  ///< One-sided.
    double power = 0.80;       ///< How often the gate is to pass a candidate that deserves it.
};

/// n = (z_confidence + z_power)^2 variance / (margin + difference)^2, rounded up. Infinite if the
/// difference is not better than -margin: no number of examples passes it.
double pairs_to_pass(const GatePlan& plan);

/// How often the gate passes with n pairs.
double power_to_pass(const GatePlan& plan, double n);

/// n = (z_confidence + z_power)^2 variance / difference^2: to prove that it is worse than the
/// baseline. Infinite if it is not.
double pairs_to_fail(const GatePlan& plan);

}  // namespace plimsoll::analyse
