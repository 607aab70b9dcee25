/// slice_shrinkage.h: changes of small slices, drawn toward their siblings as far as chance
/// explains them.
///
/// Of forty slices the smallest shows the largest change, whatever happened. theta_j = B_j y_j +
/// (1 - B_j) mu with B_j = tau^2 / (tau^2 + v_j): a precise change stays, a noisy one goes to the
/// mean of its siblings (the other values of the same attribute). For rankings and for what is
/// shown; never for the alarm. Source: docs/statistics/5-slices.md (normal-normal empirical Bayes;
/// Paule and Mandel 1982).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct SliceChange {
    double change = 0;    ///< After minus before.
    double variance = 0;  ///< Of `change`, > 0.
};

struct ShrunkenChange {
    double change = 0;
    double variance = 0;  ///< Posterior: B v + (1 - B)^2 se_mu^2.
    double kept = 1;      ///< B: 1 for as measured, 0 for the mean of the siblings.
};

struct Shrinkage {
    double tau2 = 0;  ///< Variance of the true changes between siblings.
    double mean = 0;  ///< mu
    std::vector<ShrunkenChange> slices;
    std::string note;  ///< For a person: why nothing was drawn, or all of it; else "".
};

inline constexpr std::size_t shrink_slices_min = 5;

/// Fewer than shrink_slices_min siblings are left as they are: their spread is not known.
Shrinkage shrink(std::span<const SliceChange> siblings);

/// How much a slice's change costs the whole: share * max(0, lower 90% bound), for changes in which
/// up is worse. `share` is the slice's share of the traffic after.
double impact(const ShrunkenChange& loss_change, double share);

}  // namespace plimsoll::analyse
