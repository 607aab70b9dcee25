#include "analyse/attribution/judge_or_behavior.h"

#include <cmath>

namespace plimsoll::analyse {

namespace {

Estimate with_error(double value, double error) {
    return {value, error, {value - z_95_two_sided * error, value + z_95_two_sided * error}};
}

Estimate difference(const Estimate& a, const Estimate& b) {
    return with_error(a.value - b.value, std::hypot(a.standard_error, b.standard_error));
}

}  // namespace

Computed<JudgeAndBehavior> judge_and_behavior(const Estimate& change,
                                              const JudgeEvidence& evidence) {
    const auto& [on_new, on_old, human_before, human_after] = evidence;
    if (on_new || on_old) {
        Estimate judge = on_new ? *on_new : *on_old;
        if (on_new && on_old) {  // Both orders of the two changes, averaged.
            judge = with_error((on_new->value + on_old->value) / 2,
                               std::hypot(on_new->standard_error, on_old->standard_error) / 2);
        }
        return JudgeAndBehavior{judge, difference(change, judge), "a bridge between the judges"};
    }
    if (human_before && human_after) {
        const Estimate behavior = difference(*human_after, *human_before);
        return JudgeAndBehavior{difference(change, behavior), behavior,
                                "human labels on both sides"};
    }
    return Undefined{
        "the judge changed, and neither a bridge nor human labels on both sides tell "
        "its shift from one of behavior"};
}

}  // namespace plimsoll::analyse
