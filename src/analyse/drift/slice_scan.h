/// slice_scan.h: every conjunction of up to three predicates, scored.
///
/// Not candidate by candidate: for each set of up to three attributes one pass adds each cell into
/// a dense array, so the work is (A + A^2/2 + A^3/6) * cells whatever the number of values. Each
/// pass is one thread's, in the order of the cells, so the sums are the same bit for bit with any
/// number of threads. Figures: slice_discovery_bench.cc. Source: docs/statistics/5-slices.md.
#pragma once

#include "analyse/drift/slice_score.h"

namespace plimsoll::analyse {

struct ScanOptions {
    double support_min = 100;  ///< Interactions in each period.
    double score_min = 1;
    double surprise_min = -3.5;  ///< About a dozen reach it by chance.
    std::size_t kept_max = 2000;
    unsigned threads = 1;
};

struct Candidate {
    Conjunction where;
    SliceSums sums;
    /// z of slice_score.h, or that of the excess over a parent without it, if that is less.
    double score = 0;
    /// score^2 / 2 - log of how many of this depth were examined. Of 4000 triples the best has
    /// z = 3.6 by chance, of 40 single predicates 2.2: ranked by z alone, chance triples inside a
    /// slice that regressed hide it.
    double surprise = 0;
};

struct ScanInput {
    const SliceCells& cells;
    const std::vector<CellResidual>& residuals;
    SliceScore score{cells, residuals, 1};
};

struct Scan {
    std::vector<Candidate> candidates;  ///< Most surprising first; equal ones by their predicates.
    std::uint64_t examined = 0;         ///< Conjunctions with support.
};

/// Depth 1 … 3. Candidates passed every minimum of the options.
Scan scan_slices(const ScanInput& input, std::size_t depth, const ScanOptions& options);

/// Gives candidates of one depth their surprise.
void set_surprise(std::vector<Candidate>& candidates, std::uint64_t examined);

/// Most surprising first, at most `kept_max`.
void keep_best(std::vector<Candidate>& candidates, std::size_t kept_max);

}  // namespace plimsoll::analyse
