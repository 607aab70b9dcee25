/// subset_bound.h: how high any part of a slice can score.
///
/// Of all subsets of cells, the one with the largest C / sqrt(B) is among the prefixes of the cells
/// sorted by C_c / B_c (linear-time subset scanning), so one sort stands for 2^n subsets: a slice
/// below whose bound a better one is already known need not be looked into. Source: Neill 2012;
/// docs/statistics/5-slices.md.
#pragma once

#include <span>

#include "analyse/drift/expected_loss.h"

namespace plimsoll::analyse {

/// max over non-empty subsets of sum C / sqrt(sum B); 0 for none. Cells of one slice and of the
/// period after, each with variance > 0.
double subset_bound(std::span<const CellResidual> cells);

}  // namespace plimsoll::analyse
