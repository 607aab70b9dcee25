/// overlap_report.h: every pair of dimensions of a deployment, and what to do about it.
///
///   verdicts of each dimension ──join by interaction──▶ pairs ──▶ advice, phi matrix, how many
///                                                                 dimensions these are worth
///
/// docs/statistics/8-overlap.md. Strata of difficulty are not known here, so "shared cause" is
/// never the advice.
#pragma once

#include <string>
#include <vector>

#include "analyse/overlap/dimension_overlap.h"
#include "base/result.h"
#include "base/time.h"
#include "record/facts.h"

namespace plimsoll::analyse {

struct OverlapPair {
    std::size_t a = 0, b = 0;  ///< Into the dimensions; a < b.
    DimensionOverlap overlap;
    double association_p = 1;  ///< Benjamini-Hochberg over all pairs.
};

struct OverlapReport {
    std::vector<std::string> dimensions;
    std::vector<OverlapPair> pairs;
    double effective = 0;  ///< Dimensions these are worth; a pair without a phi counts as 0.
};

/// Of interactions that started in [from, to). Reads every verdict of the stretch: seconds for
/// millions.
Result<OverlapReport> overlap_report(record::Facts& facts, std::vector<std::string> dimensions,
                                     UnixNanos from, UnixNanos to);

}  // namespace plimsoll::analyse
