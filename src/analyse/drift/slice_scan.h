/// slice_scan.h: every conjunction of up to three predicates, scored.
///
/// Not candidate by candidate: for each set of up to three attributes one pass adds each cell into
/// a dense array, so the work is (A + A^2/2 + A^3/6) * cells whatever the number of values. Each
/// pass is one thread's, in the order of the cells, so the sums are the same bit for bit with any
/// number of threads. Figures: slice_discovery_bench.cc. Source: docs/statistics/5-slices.md.
#pragma once

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
    /// F = C / sqrt(B) of the period after: a z-score of the excess. 0 for an empty slice.
    double score() const;
    /// The same after taking off what the slice exceeded before already, `ratio` = weight after /
    /// weight before. A slice that was always bad scores high and changes little.
    double change_z(double ratio) const;
};

/// z of the excess of `part` over that of the rest of `whole`, per unit of variance. Minus infinity
/// if nothing is left.
double beats(const ResidualSums& part, const ResidualSums& whole);

struct ScanOptions {
    double support_min = 100;   ///< Interactions in each period.
    double score_min = 2;       ///< F
    double change_z_min = 2;    ///< Of change_z.
    double beats_parent_z = 2;  ///< Against every parent without the slice.
    std::size_t kept_max = 2000;
    unsigned threads = 1;
};

struct Candidate {
    Conjunction where;
    SliceSums sums;
};

struct ScanInput {
    const SliceCells& cells;
    const std::vector<CellResidual>& residuals;
    double ratio = 1;  ///< Weight after / weight before.
};

struct Scan {
    std::vector<Candidate> candidates;  ///< Best first; equal scores by their predicates.
    std::uint64_t examined = 0;         ///< Conjunctions with support.
};

/// Depth 1 … 3. Candidates passed every minimum of the options.
Scan scan_slices(const ScanInput& input, std::size_t depth, const ScanOptions& options);

/// Best first, at most `kept_max`.
void keep_best(std::vector<Candidate>& candidates, std::size_t kept_max);

}  // namespace plimsoll::analyse
