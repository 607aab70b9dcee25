#include "analyse/calibration/matthews.h"

#include <cassert>
#include <cmath>

namespace plimsoll::analyse {

Computed<double> matthews(const Confusion& c) {
    if (c.total() <= 0) return Undefined{"there are no labels"};
    if (c.tp + c.fp == 0 || c.fn + c.tn == 0) return Undefined{"every judge verdict is the same"};
    if (c.tp + c.fn == 0 || c.fp + c.tn == 0) return Undefined{"every human label is the same"};
    return (c.tp * c.tn - c.fp * c.fn) /
           std::sqrt((c.tp + c.fp) * (c.tp + c.fn) * (c.tn + c.fp) * (c.tn + c.fn));
}

double matthews_variance(const Confusion& c) {
    const double n = c.total(), f = *matthews(c);
    const double p1 = (c.tp + c.fp) / n, p2 = 1 - p1;  // Of the judge.
    const double q1 = (c.tp + c.fn) / n, q2 = 1 - q1;  // Of the people.
    const double p = p1 - p2, q = q1 - q2, pp = p1 * p2, qq = q1 * q2;
    return (1 - f * f + f * (1 + f * f / 2) * p * q / std::sqrt(pp * qq) -
            0.75 * f * f * (p * p / pp + q * q / qq)) /
           n;
}

FisherZ matthews_fisher_z(const Confusion& counts) {
    const Confusion half = counts.plus(0.5);
    const double f = *matthews(half);
    return {f, std::sqrt(matthews_variance(half)) / (1 - f * f)};
}

}  // namespace plimsoll::analyse
