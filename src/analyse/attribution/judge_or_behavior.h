/// judge_or_behavior.h: did the model's behavior change, or only the judge that scores it?
///
///   S(B, J): mean score of behavior B under judge J
///   S(B1,J1) - S(B0,J0)  =  [S(B1,J1) - S(B1,J0)]  +  [S(B1,J0) - S(B0,J0)]
///        change          =     judge, from a bridge     behavior, under one judge
///
/// Without a bridge, means corrected by human labels on both sides stand in; without those the two
/// cannot be told apart, and no figure for behavior is given. docs/statistics/7-attribution.md
#pragma once

#include <optional>
#include <string_view>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

/// What is known where the judge changed between the periods.
struct JudgeEvidence {
    std::optional<Estimate> shift_on_new = {};  ///< New - old judge on outputs of after (bridge.h).
    std::optional<Estimate> shift_on_old = {};  ///< The same on outputs of before, scored again.
    std::optional<Estimate> human_before =
        {};  ///< Means corrected by human labels, each period's judge
    std::optional<Estimate> human_after = {};  ///< by its own labels.
};

struct JudgeAndBehavior {
    Estimate judge, behavior;  ///< They add up to the change.
    std::string_view by;       ///< For a person: "a bridge between the judges".
};

/// Behavior's interval takes the errors for independent; the bridge's sessions are among those of
/// `change`, which makes it a little too wide, never too narrow.
Computed<JudgeAndBehavior> judge_and_behavior(const Estimate& change,
                                              const JudgeEvidence& evidence);

}  // namespace plimsoll::analyse
