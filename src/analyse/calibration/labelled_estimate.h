/// labelled_estimate.h: what people's labels say of a judge's mean over all traffic.
///
///   judged interactions of a window ─┐
///   labels of these, drawn ──────────┼─▶ correction_choice ─▶ labels by verdict or score bin
///   labels picked by hand, or older ─┘                    └─▶ Rogan-Gladen, or uncorrected and why
///
/// Shown beside the naive mean (of the sample) and the sampler's (judged_estimate.h), never in
/// their place. Pure. docs/statistics/3-correction.md
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analyse/calibration/corrected_mean.h"
#include "base/time.h"
#include "record/facts.h"
#include "record/labels.h"

namespace plimsoll::analyse {

struct LabelledQuestion {
    std::vector<record::JudgedRow> rows;   ///< Of one judge in one dimension, all versions.
    std::vector<record::JudgedSums> sums;  ///< The same window: populations of the strata.
    std::vector<record::Label> labels;     ///< Of the dimension, those that count.
    std::string rubric;                    ///< Version of the judge's.
    std::optional<UnixNanos> suspended;    ///< The judge became another one then.
};

struct LabelledEstimate {
    std::uint64_t labels = 0;  ///< Items that both the judge and people have scored.
    bool drawn = false;        ///< Only labels of known probability count.
    Computed<CorrectedMean> mean = Undefined{"nothing was labelled"};
};

LabelledEstimate labelled_estimate(const LabelledQuestion& question);

}  // namespace plimsoll::analyse
