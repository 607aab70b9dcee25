/// rogan_gladen.h: the share of good answers behind a judge whose error rates are known from
/// elsewhere.
///
///   theta = (p + sp - 1) / (se + sp - 1)
///
/// For labels that are old or enriched, when only the prevalence moved since. With labels of the
/// same traffic, verdict strata are better: this can do worse than ignoring the judge. Source:
/// Rogan and Gladen 1978; interval of Lang and Reiczigel 2014; docs/statistics/3-correction.md.
#pragma once

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

/// `hits` of `n`. Counts may be effective ones.
struct Hits {
    double hits = 0;
    double n = 0;
    double rate() const { return hits / n; }
};

struct RoganGladen {
    double value = 0;   ///< Clamped to [0, 1].
    Interval interval;  ///< 95%, clamped.
    Interval before_clamping;
    double shift = 0;   ///< How far the interval's centre is moved for its skewness.
    double youden = 0;  ///< se + sp - 1.
};

/// `judged`: passes of the judge in the traffic. `sensitivity`: judge passes of what people pass;
/// `specificity`: judge fails of what people fail. Undefined if the judge hardly tells them apart:
/// Youden's index below 0.2, or not surely above 0.
Computed<RoganGladen> rogan_gladen(Hits judged, Hits sensitivity, Hits specificity,
                                   double z = z_95_two_sided);

}  // namespace plimsoll::analyse
