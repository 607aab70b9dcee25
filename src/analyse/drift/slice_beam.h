/// slice_beam.h: conjunctions too deep to scan all of.
///
///   best `width` of depth d ──add one predicate──▶ best `width` of depth d + 1 ──▶ …
///
/// A slice none of whose parts can enter the best `top` is left out (subset_bound.h), so the bound
/// loses nothing; the width may. Source: docs/statistics/5-slices.md.
#pragma once

#include "analyse/drift/slice_scan.h"

namespace plimsoll::analyse {

struct BeamOptions {
    std::size_t width = 200;
    std::size_t top = 50;
};

/// Goes on from `start` (all of one depth, any order) to conjunctions of `depth` predicates.
/// Candidates passed every minimum of `options`.
Scan beam_slices(const ScanInput& input, std::vector<Candidate> start, std::size_t depth,
                 const ScanOptions& options, const BeamOptions& beam = {});

}  // namespace plimsoll::analyse
