/// slice_cells.h: rows with the same attributes and period, added up.
///
///   rows of one half ──▶ cells: the period before in front, then the period after
///
/// Sums add, so cells stream and merge, and with few attributes there are far fewer of them than
/// rows. Where the attributes have more combinations than a quarter of the rows, adding up would
/// cost more than it saves, and each row is a cell. Source: docs/statistics/5-slices.md.
#pragma once

#include "analyse/drift/slice_rows.h"
#include "analyse/stats/weighted_sums.h"

namespace plimsoll::analyse {

struct SliceCells {
    std::vector<std::vector<std::uint8_t>> codes;  ///< By attribute, then by cell.
    std::vector<std::size_t> values;               ///< By attribute: how many codes it has.
    std::vector<WeightedSums> sums;                ///< By cell; y is the loss.
    std::size_t before = 0;  ///< Cells in front that are of the period before.

    std::size_t size() const { return sums.size(); }
};

/// Of the rows whose cluster is held out, or of the others.
SliceCells cells_of(const SliceRows& rows, bool held_out);

}  // namespace plimsoll::analyse
