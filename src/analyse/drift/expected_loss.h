/// expected_loss.h: the loss that the past leads one to expect of every cell.
///
///   b(cell) = mean + sum over attributes of effect[value] + shift, within [0.001, 0.999]
///
/// Effects are fitted to the period before, the shift is how much everything moved since. What
/// exceeds it is the matter of single slices. Source: docs/statistics/5-slices.md (weighted least
/// squares by backfitting; Buja, Hastie and Tibshirani 1989).
#pragma once

#include "analyse/drift/slice_cells.h"

namespace plimsoll::analyse {

struct ExpectedLoss {
    double mean = 0;
    double shift = 0;
    std::vector<std::vector<double>> effects;  ///< By attribute, then by code.
    /// Variance of the losses around b, as a share of b (1 - b): about 1 for pass and fail, less
    /// for graded scores.
    double dispersion = 1;

    /// Of the period before, without the shift: `code(a)` gives the code of attribute a.
    template <class Code>
    double before(Code&& code) const {
        double sum = mean;
        for (std::size_t a = 0; a < effects.size(); ++a) sum += effects[a][code(a)];
        return sum;
    }
};

double within_reason(double loss);  ///< Clamped to [0.001, 0.999].

/// Needs cells of both periods. Values of few rows are drawn to the mean (as if ten more average
/// rows had been seen).
ExpectedLoss fit_expected_loss(const SliceCells& cells);

/// What the search adds up. residual = sum w (y - b), variance = dispersion sum w^2 b (1 - b).
struct CellResidual {
    float residual = 0, variance = 0, n = 0;
};
std::vector<CellResidual> residuals_of(const SliceCells& cells, const ExpectedLoss& expected);

}  // namespace plimsoll::analyse
