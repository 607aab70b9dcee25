/// mantel_haenszel.h: do two dimensions fail together among interactions that are equally hard?
///
/// Two dimensions may go together only because some interactions are hard for everything. Within
/// strata of slice and difficulty that cause is held still: the common odds ratio is what remains.
/// Source: Mantel and Haenszel 1959; variance of Robins, Breslow and Greenland 1986;
/// docs/statistics/8-overlap.md.
#pragma once

#include <span>

#include "analyse/overlap/failure_pair.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct CommonOdds {
    double odds_ratio = 1;
    double log_error = 0;   ///< Standard error of its logarithm.
    Interval interval;      ///< 95%
    double chi_square = 0;  ///< One degree; with the correction for continuity.
    double p = 1;
    std::size_t strata = 0;  ///< That contributed.
};

/// Strata of one interaction or with an empty margin say nothing and are left out. Counts, or
/// effective counts. Undefined if no stratum is left, or one of the sums is 0.
Computed<CommonOdds> mantel_haenszel(std::span<const FailurePair> strata);

}  // namespace plimsoll::analyse
