#include "analyse/drift/slice_score.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll::analyse {

double SliceSums::excess_z() const {
    return after.variance > 0 ? after.residual / std::sqrt(after.variance) : 0;
}

namespace {

/// The share of an excess that is beyond chance.
double beyond_chance(double residual, double variance) {
    return residual > 0 ? std::max(0., 1 - variance / (residual * residual)) : 0;
}

}  // namespace

double beats(const ResidualSums& part, const ResidualSums& whole) {
    const ResidualSums rest = whole.minus(part);
    if (part.variance <= 0 || rest.variance <= 1e-9 * whole.variance)
        return -std::numeric_limits<double>::infinity();
    const double taken =
        beyond_chance(rest.residual, rest.variance) * part.variance / rest.variance;
    return (part.residual - taken * rest.residual) /
           std::sqrt(part.variance + taken * taken * rest.variance);
}

SliceScore::SliceScore(const SliceCells& cells, std::span<const CellResidual> residuals,
                       double ratio)
    : ratio_(ratio) {
    for (std::size_t a = 0; a < cells.codes.size(); ++a) {
        std::vector<double>& variance = before_variance_.emplace_back(cells.values[a]);
        for (std::size_t i = 0; i < cells.before; ++i)
            variance[cells.codes[a][i]] += residuals[i].variance;
    }
}

double SliceScore::z(std::span<const Predicate> where, const SliceSums& sums) const {
    const double taken = ratio_ * beyond_chance(sums.before.residual, sums.before.variance);
    double variance = sums.after.variance + taken * taken * sums.before.variance;
    for (const Predicate& predicate : where) {
        const double fitted = before_variance_[predicate.attribute][predicate.code];
        if (fitted > 0) variance += sums.after.variance * sums.after.variance / fitted;
    }
    return variance > 0 ? (sums.after.residual - taken * sums.before.residual) / std::sqrt(variance)
                        : 0;
}

}  // namespace plimsoll::analyse
