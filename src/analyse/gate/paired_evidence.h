/// paired_evidence.h: what paired differences say about "not worse than the margin" and "worse".
///
///   what is paired                 method
///   pass or fail                   Tango's score test
///   any, in clusters               weighted mean, variance between buckets of clusters, t
///   any, weighted                  weighted mean, t
///   graded, 100 examples or more   mean, t
///   graded, fewer                  betting: no distribution assumed
///
/// docs/statistics/10-gate.md
#pragma once

#include <string_view>

#include "analyse/gate/paired_sample.h"
#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct PairedEvidence {
    double difference = 0;     ///< Candidate - baseline, in [-1, 1]; weighted if weights are given.
    Interval interval;         ///< 90%: its lower end is what the margin is compared with.
    double p_not_worse = 1;    ///< One-sided, against "worse by the margin or more".
    double p_worse = 1;        ///< One-sided, against "not worse at all".
    double unit_variance = 0;  ///< Of the mean, times the number of examples.
    std::string_view method;   ///< For a person.
};

inline constexpr std::size_t graded_examples_for_t = 100;

/// 0 < margin < 1. Undefined without examples, or with fewer than 40 clusters or weighted examples.
Computed<PairedEvidence> paired_evidence(const PairedSample& sample, double margin);

}  // namespace plimsoll::analyse
