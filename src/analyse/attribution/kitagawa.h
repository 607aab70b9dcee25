/// kitagawa.h: how much of a change is other traffic, and how much is other behavior on the same?
///
///   slices: traffic shares (of all interactions), means of the judged ──┬─▶ within   the same
///                                                                      ├─▶ mix      other shares
///                                                                      └─▶ turnover new, vanished
///
/// The three add up to the change exactly. Symmetric: each part is weighted by the mean of before
/// and after, so that nothing depends on which is called the start. Slices are to be chosen before
/// looking, or confirmed on other data (docs/statistics/5-slices.md): those that were chosen
/// because they moved always explain everything. Source: Kitagawa 1955;
/// docs/statistics/7-attribution.md.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"
#include "analyse/stats/weighted_sums.h"

namespace plimsoll::analyse {

struct SlicePeriod {
    double traffic = 0;  ///< Interactions of the slice, judged or not; sessions, if they cluster.
    WeightedSums judged = {};
};

/// One value of an attribute, or a joint value of several.
struct SliceTwice {
    std::string name;
    SlicePeriod before = {}, after = {};
};

struct SliceTerm {
    std::string name;
    double within = 0;
    double mix = 0;  ///< Centred: (w1 - w0) (mean of the slice - mean of all). 0 if not in both.
    double turnover = 0;  ///< The same for a slice that was not there before, or is no more.
};

struct MixAndWithin {
    Estimate change, within, mix, turnover;
    std::vector<SliceTerm> terms;  ///< In the order of the slices; what was too small is "others".
};

/// A slice with fewer judgements in a period that has it has no mean to speak of.
inline constexpr double slice_judged_min = 10;

/// Each judgement alone, or in sessions with the design effect given. Undefined without traffic or
/// with fewer than 10 judgements in a period.
Computed<MixAndWithin> mix_and_within(std::span<const SliceTwice> slices, double design_effect = 1);

/// The same with intervals by leaving out one hash bucket of clusters at a time: knows of users who
/// are in several slices and in both periods. The slices are the same, in the same order, in each
/// bucket. Undefined also where a slice stands on one bucket.
Computed<MixAndWithin> mix_and_within(std::span<const std::vector<SliceTwice>> buckets);

}  // namespace plimsoll::analyse
