#include "analyse/calibration/correction_choice.h"

namespace plimsoll::analyse {

CorrectionChoice choose_correction(const LabelSituation& situation) {
    using enum Correction;
    if (situation.judge_changed) {
        return {none, "uncorrected",
                "the judge changed since the labels: label anew, or bridge the two versions"};
    }
    if (situation.labels < 30 || situation.human_fails < 5) {
        return {none, "uncorrected", "fewer than 30 labels, or fewer than 5 that say fail"};
    }
    if (!situation.same_traffic && !situation.binary_judge) {
        return {none, "uncorrected",
                "labels of other traffic correct only verdicts; label some of this traffic"};
    }
    if (!situation.same_traffic) {
        return {rogan_gladen, "Rogan-Gladen with Lang-Reiczigel's interval",
                "labels are old or enriched: only the judge's error rates carry over"};
    }
    if (situation.binary_judge) {
        return {verdict_strata, "labels by verdict, MOVER-Wilson",
                "labels of the same traffic and a judge of two verdicts"};
    }
    return {score_bins, "labels by score bin, MOVER-Wilson",
            "labels of the same traffic and graded scores"};
}

}  // namespace plimsoll::analyse
