/// effective_dimensions.h: how many dimensions a set of dimensions is worth.
#pragma once

#include <span>

namespace plimsoll::analyse {

/// (sum of eigenvalues)^2 / sum of their squares of a correlation matrix, row by row, size x size:
/// `size` if all are uncorrelated, 1 if all are one. Needs no eigenvalues: they add up to the
/// trace, their squares to the sum of all squared entries. Source: docs/statistics/8-overlap.md.
double effective_dimensions(std::span<const double> correlations, std::size_t size);

}  // namespace plimsoll::analyse
