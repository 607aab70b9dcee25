/// reasons_of.h: the reasons that an interaction carries when a judge is about to see it.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "evaluate/sampling/sampling_reason.h"
#include "interaction/interaction.h"

namespace plimsoll::evaluate {

/// What some evaluator said of the interaction.
struct OtherScore {
    std::string_view evaluator;  ///< A judge's name across its versions; a check's name.
    bool judge = false;
    std::optional<double> score;  ///< nullopt: unscored, which is no reason.
};

/// Below this a score of another evaluator is a reason.
inline constexpr double low_score = 0.5;

/// `asking` is the judge to be drawn for: its own scores are left out, whatever its version, since
/// a sample that looks at what it measures cannot be corrected.
ReasonSet reasons_of(const Interaction& interaction, std::span<const OtherScore> scores,
                     std::string_view asking);

}  // namespace plimsoll::evaluate
