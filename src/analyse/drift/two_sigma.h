/// two_sigma.h: "more than two standard deviations from the trailing 8-week mean": the heuristic
/// that everybody knows, offered so that it can be compared. It is no test, and never the default.
///
/// Of 8 weeks it cries wolf in 10.1% of weeks, not in 4.6%: mean and deviation are estimates too,
/// so the statistic is a Student t with 7 degrees of freedom times sqrt(9/8). Of any steady decline
/// it says nothing, ever: on a + b t its statistic is 1.837 whatever b is, since the decline widens
/// the deviation as it moves the mean. And a step that it misses once is part of its baseline a
/// week later. Use weekly.h, and e_detector.h to page. Source: docs/statistics/4-drift.md.
#pragma once

#include <cstddef>
#include <span>

#include "analyse/stats/computed.h"

namespace plimsoll::analyse {

struct TwoSigmaOptions {
    double multiplier = 2;
    bool divide_by_weeks = false;  ///< The deviation with 1/k in place of 1/(k-1).
};

struct TwoSigma {
    double mean = 0;
    double deviation = 0;
    double z = 0;  ///< (now - mean) / deviation
    bool alarm = false;
    double false_alarm_rate = 0;  ///< Of this very rule, per week without change.
};

/// Undefined for fewer than two weeks, and where all trailing weeks are the same.
Computed<TwoSigma> two_sigma_rule(std::span<const double> trailing, double now,
                                  TwoSigmaOptions options = {});

/// P(alarm) in a week without change, for independent normal weeks. weeks >= 2.
double two_sigma_false_alarm_rate(std::size_t weeks, TwoSigmaOptions options = {});

/// The multiplier that would give this rate.
double two_sigma_multiplier(std::size_t weeks, double rate, bool divide_by_weeks = false);

/// The rule's |z| on a straight line without noise, of any slope but 0.
double two_sigma_on_a_line(std::size_t weeks, bool divide_by_weeks = false);

}  // namespace plimsoll::analyse
