/// dimension_overlap.h: what to do about two dimensions that fail together.
///
///   judged interactions ──▶ 2x2 by bucket of users ──▶ intervals ──▶ Advice
///                      ╰──▶ 2x2 by stratum ──Mantel-Haenszel──▶ association at equal difficulty
///
/// A plain "correlation above .7" misses implication, since phi is capped by phi_max, and takes
/// shared difficulty for double counting. Two judges of one base model share errors, so their phi
/// overstates that of the behavior: check once on human labels. Source:
/// docs/statistics/8-overlap.md.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analyse/overlap/mantel_haenszel.h"
#include "analyse/stats/mean.h"

namespace plimsoll::analyse {

/// One interaction that both dimensions scored.
struct FailedBoth {
    bool a_fails = false, b_fails = false;
    double weight = 1;          ///< max(w_a, w_b)
    std::uint32_t bucket = 0;   ///< Hash bucket of the user or session, below series_buckets.
    std::uint32_t stratum = 0;  ///< Slice x difficulty tercile, counted from 0.
};

enum class Advice : std::uint8_t {
    insufficient,  ///< Fewer than 50 failures in one of them.
    independent,   ///< Nothing to do.
    merge,         ///< The same failure counted twice.
    b_implied,     ///< A failing implies B failing: score B only where A passes.
    a_implied,     ///< The other way round.
    shared_cause,  ///< Together only because the same interactions are hard.
};
std::string_view to_word(Advice advice);  ///< "merge", "B implied by A", …

inline constexpr std::uint64_t overlap_failures_min = 50;

struct DimensionOverlap {
    Advice advice = Advice::insufficient;
    std::uint64_t interactions = 0, failures_a = 0, failures_b = 0;
    FailurePair pair;                                    ///< Weighted.
    Computed<Estimate> phi = Undefined{"not computed"};  ///< Interval by way of atanh.
    Computed<Mean> jaccard = Undefined{"not computed"};
    Computed<Mean> b_given_a = Undefined{"not computed"};
    Computed<Mean> a_given_b = Undefined{"not computed"};
    Computed<CommonOdds> within_strata = Undefined{"not computed"};
};

/// Any number of interactions, also none.
DimensionOverlap dimension_overlap(std::span<const FailedBoth> interactions);

/// p of the association within strata, Benjamini-Hochberg over all pairs: 1 where there is no test.
std::vector<double> adjusted_association(std::span<const DimensionOverlap> pairs);

/// Inside one dimension: would two be better? People disagree about it (Krippendorff's alpha below
/// .667), or confirmed slices of it drift in opposite directions.
bool should_split(double alpha_of_rationales, std::span<const double> confirmed_slice_changes);

}  // namespace plimsoll::analyse
