/// rank_correlation.h: do the judge and people put answers in the same order?
///
///   pearson    of the values: moves with every outlier and every curve in the judge's scale
///   spearman   of mid-ranks: what the trust gate reads for graded scores
///   kendall    tau-b: of pairs, how many more stand in the same order than in the opposite one
///
/// All lie in [-1, 1]. tau-b runs lower than Spearman on the same data, so it would need a
/// threshold of its own. Intervals are Fisher's z with the errors of Bonett and Wright 2000
/// (Spearman) and Fieller, Hartley and Pearson 1957 (tau-b); where more than 30% of the pairs are
/// tied, a jackknife over items on the z scale instead. docs/statistics/1-agreement.md
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "analyse/stats/computed.h"
#include "analyse/stats/fisher_z.h"

namespace plimsoll::analyse {

/// Undefined if either side is constant, or there are fewer than two items. Spans are of equal
/// length. `weights` may be empty (all 1).
Computed<double> pearson(std::span<const double> x, std::span<const double> y,
                         std::span<const double> weights = {});
Computed<double> spearman(std::span<const double> x, std::span<const double> y,
                          std::span<const double> weights = {});
/// O(n log n). Source: Knight 1966.
Computed<double> kendall_tau_b(std::span<const double> x, std::span<const double> y);

/// Of all pairs of items, the share with equal values.
double tied_pairs(std::span<const double> values);

enum class RankErrors { formula, jackknife };
std::string_view to_word(RankErrors errors);  ///< "formula", "jackknife over items"

struct RankCorrelation {
    FisherZ z;
    RankErrors errors = RankErrors::formula;
};

/// `labels` stands for n in the error: n, or fewer where weights or decay make them worth less.
/// Undefined below 4 items besides.
Computed<RankCorrelation> spearman_with_error(std::span<const double> x, std::span<const double> y,
                                              std::span<const double> weights = {});
Computed<RankCorrelation> kendall_with_error(std::span<const double> x, std::span<const double> y);

/// Standard error of atanh of Spearman's correlation `r` of `n` items, n > 3: Bonett and Wright.
double spearman_error_z(double r, double n);

}  // namespace plimsoll::analyse
