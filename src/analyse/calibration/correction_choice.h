/// correction_choice.h: how human labels may correct a judge's mean, decided in one place.
///
/// Source: docs/statistics/3-correction.md, with measured errors of each.
#pragma once

#include <string_view>

namespace plimsoll::analyse {

struct LabelSituation {
    bool binary_judge = true;  ///< Every judge score is 0 or 1.
    double labels = 0;
    double human_fails = 0;    ///< Labels below 0.5.
    bool same_traffic = true;  ///< A random sample of what the judge judged; else old or enriched.
    bool judge_changed = false;  ///< Since the labels were compared: model, prompt or rubric.
};

enum class Correction { none, verdict_strata, score_bins, rogan_gladen };

struct CorrectionChoice {
    Correction method;
    std::string_view name;  ///< For a person.
    std::string_view why;
};

/// `none` leaves the mean "uncorrected": it may be shown so, and no gate opens on it.
CorrectionChoice choose_correction(const LabelSituation& situation);

}  // namespace plimsoll::analyse
