/// slice_score.h: how surprising what a slice exceeds its expectation by is.
///
///   z = (C1 - s k C0) / sqrt(B1 + s^2 k^2 B0 + B1^2 sum over predicates of 1 / B0(predicate))
///
/// C and B are sums of residuals and of their variances, 1 after and 0 before, k = weight after /
/// weight before. What the slice exceeded before already is taken off as far as it is beyond
/// chance: s = max(0, 1 - B0 / C0^2) if C0 > 0, else 0 (James and Stein's factor). The last term is
/// what the fitted effects do not know, for they came from the rows before. So z <= F = C1 /
/// sqrt(B1), and the bound of subset_bound.h holds for it too. Source: docs/statistics/5-slices.md.
#pragma once

#include <span>

#include "analyse/drift/expected_loss.h"

namespace plimsoll::analyse {

struct ResidualSums {
    double residual = 0, variance = 0, n = 0;
    void add(const CellResidual& cell) {
        residual += cell.residual;
        variance += cell.variance;
        n += cell.n;
    }
    ResidualSums minus(const ResidualSums& part) const {
        return {residual - part.residual, variance - part.variance, n - part.n};
    }
};

struct SliceSums {
    ResidualSums before, after;
    void add(const CellResidual& cell, bool is_after) { (is_after ? after : before).add(cell); }
    /// F = C1 / sqrt(B1). 0 for an empty slice.
    double excess_z() const;
};

/// F of `part` after taking off what the rest of `whole` exceeds per unit of variance, again as far
/// as that is beyond chance. Minus infinity if nothing is left.
double beats(const ResidualSums& part, const ResidualSums& whole);

class SliceScore {
  public:
    /// `ratio` = weight after / weight before.
    SliceScore(const SliceCells& cells, std::span<const CellResidual> residuals, double ratio);

    double z(std::span<const Predicate> where, const SliceSums& sums) const;

  private:
    double ratio_;
    std::vector<std::vector<double>> before_variance_;  ///< By attribute, then by code.
};

}  // namespace plimsoll::analyse
