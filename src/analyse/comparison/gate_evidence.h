/// gate_evidence.h: what one dimension's pairs prove, by the method that suits them.
///
///   0 or 1, each example alone       ──▶ Tango's score
///   0 or 1, clusters                 ──▶ Tango's score on as many examples as the clusters are
///   worth weights, or graded, 100 or more  ──▶ weighted mean, variance between clusters, Student's
///   t graded, fewer                    ──▶ hedged betting nothing differs in any cluster   ──▶
///   Tango's score on the number of clusters
///
/// Source: docs/statistics/10-gate.md.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "analyse/comparison/gate.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct PairSums {
    double weight = 0, baseline = 0, candidate = 0;
    double difference = 0;  ///< Weighted mean.
    double variance = 0;    ///< Of one pair's difference.
    bool binary = true, equal_weights = true;
};

/// Needs a pair.
PairSums sums_of(std::span<const GatePair> pairs);

/// Is the candidate proved to be better than -margin, and how likely is it to be worse
/// than 0?
struct Evidence {
    std::string method;
    bool passes = false;
    double p_worse = 1;
    Interval interval;
    double design_effect = 1;
    std::optional<double> pairs_needed = {};  ///< If the variance does not tell it.
};

Evidence evidence_of(const GateDimension& dimension, const PairSums& sums,
                     const GateOptions& options);

}  // namespace plimsoll::analyse
