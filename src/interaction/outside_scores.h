/// outside_scores.h: what evaluators of others said, as spans carry it.
///
///   event gen_ai.evaluation.result {gen_ai.evaluation.name, .score.value, .score.label, …}
///   event gen_ai.evaluation.<evaluator>                       Azure AI Foundry
///   annotations.0.annotation.name, evaluations.0.evaluation.… OpenInference, on the span itself
///   trace.annotations.…, session.annotations.…                about the whole trace, the session
///
/// A span with exactly one link into its own trace speaks of the linked span, not of itself. One
/// without a name, or with neither value, label nor explanation, says nothing. Pure.
#pragma once

#include <vector>

#include "interaction/interaction.h"
#include "wire/otlp.h"

namespace plimsoll::interaction {

inline constexpr std::size_t outside_scores_max = 64;  ///< Of one span.

std::vector<OutsideScore> outside_scores_of(const wire::SpanView& span);

}  // namespace plimsoll::interaction
