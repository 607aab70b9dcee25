/// ceiling.h: what disagreement between people does to the figure of a judge.
///
///   truth T ─┬─ judge J          phi_JH = phi_JT * phi_HT,   phi_HH = phi_HT^2
///            └─ people H         so phi_JT = phi_JH / sqrt(phi_HH), and phi_JH <= sqrt(phi_HH)
///
/// Holds if judge and people err independently given the truth; a misunderstanding that both share
/// makes the corrected value too high, so the gate reads the observed one.
/// docs/statistics/1-agreement.md
#pragma once

#include <algorithm>
#include <cmath>

#include "analyse/stats/computed.h"

namespace plimsoll::analyse {

/// Below these a dimension is blocked: its rubric is not reproducible by people.
inline constexpr double human_agreement_min = 0.5;  ///< MCC or Spearman between two people.
inline constexpr double human_alpha_min = 0.667;    ///< Krippendorff's alpha.

struct Ceiling {
    double judge_max;      ///< What a perfect judge can show against one person's labels.
    double against_truth;  ///< The observed agreement against the truth, at most 1.
    bool passes_one;       ///< Above 1 before it was cut: noise, or errors that are shared.
};

/// `observed` is the judge against single people, `between_people` the same statistic between two
/// of them. Undefined unless people agree better than dice.
inline Computed<Ceiling> ceiling_of(double observed, double between_people) {
    if (between_people <= 0) return Undefined{"people do not agree better than chance"};
    const double judge_max = std::sqrt(between_people);
    const double corrected = observed / judge_max;
    return Ceiling{judge_max, std::clamp(corrected, -1., 1.), corrected > 1};
}

}  // namespace plimsoll::analyse
