/// failure_pair.h: how often two dimensions fail on the same interactions.
///
///                  B fails   B passes
///   A fails          both      only_a
///   A passes        only_b    neither
///
/// Sums of weights: 1 / the smaller of the two inclusion probabilities, since the smaller sample
/// lies inside the larger one. A value: adds. Source: docs/statistics/8-overlap.md.
#pragma once

#include "analyse/stats/computed.h"

namespace plimsoll::analyse {

struct FailurePair {
    double both = 0, only_a = 0, only_b = 0, neither = 0;

    void add(bool a_fails, bool b_fails, double weight = 1) {
        (a_fails ? b_fails ? both : only_a : b_fails ? only_b : neither) += weight;
    }
    void merge(const FailurePair& other) {
        both += other.both;
        only_a += other.only_a;
        only_b += other.only_b;
        neither += other.neither;
    }
    double total() const { return both + only_a + only_b + neither; }
    double a() const { return both + only_a; }  ///< A fails.
    double b() const { return both + only_b; }
    bool operator==(const FailurePair&) const = default;
};

/// Each is NaN where its denominator is 0.
double phi(const FailurePair& pair);      ///< Correlation of the failures, = Matthews.
double phi_max(const FailurePair& pair);  ///< What phi cannot pass with these margins.
double b_given_a(const FailurePair& pair);
double a_given_b(const FailurePair& pair);
double lift(const FailurePair& pair);     ///< P(both) / (P(A) P(B))
double jaccard(const FailurePair& pair);  ///< both / (A or B)

/// With half an interaction added to each cell if one is empty.
double odds_ratio(const FailurePair& pair);

/// Correlation of the two normal variables whose thresholds would give the table (half added to
/// each cell if one is empty). For reports only: it assumes what nobody checked, and leaps with
/// small cells. Undefined if a dimension never fails or always. Source: Pearson 1900; the integral
/// of Plackett 1954.
Computed<double> tetrachoric(const FailurePair& pair);

}  // namespace plimsoll::analyse
