/// slice_discovery.h: slices that nobody listed, found in one half of the users and confirmed in
/// the other, both ways round.
///
///   searched half ── expected loss ── scan (beam) ── redundancy ──▶ at most `top` candidates
///   other half ───── change beyond the rest, variance by cluster ── Benjamini-Hochberg ──▶
///   confirmed
///
/// Then the halves change places. Each search has q / 2, so that of what both confirm no more than
/// q is false: the false share of the two together is at most the sum of both.
///
/// What a slice has to show is what better slices leave: one inside a better one is compared with
/// the rest of that one (`within`), any other without the rows of better ones. So the shadows of
/// one regression, its parents and children and neighbours, are neither listed nor confirmed.
///
/// A search over 100 000 conjunctions always finds something (z of about 4.2 in pure noise), so its
/// own scores prove nothing; the other half was not asked before. What it does not confirm is
/// exploratory. Source: docs/statistics/5-slices.md.
#pragma once

#include <optional>

#include "analyse/drift/slice_beam.h"
#include "analyse/drift/slice_change.h"

namespace plimsoll::analyse {

struct DiscoveryOptions {
    std::size_t depth = 3;
    std::uint64_t sessions_min = 100;  ///< In each period; half of them in each half of the users.
    std::uint64_t clusters_min = 20;   ///< In each period: else one customer makes the slice.
    std::size_t top = 50;              ///< Of each search; at most 64.
    double beats_parent_z = 2;      ///< Against kept slices that hold it, with the variance shown.
    double unexplained_z = 1;       ///< Of what no better slice explains, if one explains some.
    double jaccard_max = 0.7;       ///< Slices that share more of their weight are one.
    double false_discovery = 0.10;  ///< q
    std::size_t scan_attributes_max = 40;  ///< Beyond, triples are left to the beam.
    ScanOptions scan;                      ///< support_min is set from sessions_min.
    BeamOptions beam;
};

struct FoundSlice {
    Conjunction where;
    double search_score = 0;     ///< z in the searched half; the winner of many, so too high.
    double surprise = 0;         ///< See Candidate.
    double share = 0;            ///< Of the weight after.
    PeriodCounts before, after;  ///< All rows; mean is the loss.
    std::optional<std::size_t> within;  ///< The narrowest better slice of the same search that
                                        ///< holds it, by place.
    MeanChange excess;       ///< Other half: loss beyond what was expected and beyond the rest.
    double p = 1;            ///< That the excess did not rise; one-sided.
    double adjusted_p = 1;   ///< Twice Benjamini-Hochberg's over the candidates of its search.
    bool confirmed = false;  ///< Else exploratory.
    double impact = 0;       ///< share * max(0, lower 90% bound of the excess)
};

struct Discovery {
    std::vector<FoundSlice> slices;  ///< Confirmed first, then most surprising first.
    std::uint64_t examined = 0;      ///< Conjunctions with enough support, in both searches.
    double shift = 0;                ///< How much everything changed.
};

/// Undefined if a half has no rows in one of the periods. The same for any number of threads.
Computed<Discovery> discover_slices(const SliceRows& rows, const DiscoveryOptions& options = {});

}  // namespace plimsoll::analyse
