#include "evaluate/sampling/reasons_of.h"

#include <algorithm>
#include <string>
#include <utility>

namespace plimsoll::evaluate {

namespace {

bool said(const Interaction& interaction, std::string_view attribute) {
    const auto found = interaction.attributes.find(std::string(attribute));
    return found != interaction.attributes.end() && !found->second.empty() &&
           found->second != "false" && found->second != "0";
}

bool went_wrong(const Interaction& interaction) {
    return interaction.failed || std::ranges::any_of(interaction.steps, [](const Step& step) {
               return step.failed &&
                      (step.kind == StepKind::model_call || step.kind == StepKind::tool_call);
           });
}

}  // namespace

ReasonSet reasons_of(const Interaction& interaction, std::span<const OtherScore> scores,
                     std::string_view asking) {
    ReasonSet reasons;
    for (const SamplingReasonInfo& each : sampling_reasons)
        if (said(interaction, each.attribute)) reasons |= each.reason;
    if (went_wrong(interaction)) reasons |= SamplingReason::error;
    for (const auto& [signal, reason] :
         {std::pair{Trait::escalation, SamplingReason::escalation},
          {Trait::negative_feedback, SamplingReason::negative_feedback},
          {Trait::re_submission, SamplingReason::re_submission}})
        if (interaction.traits.has(signal)) reasons |= reason;
    for (const OtherScore& each : scores) {
        if (!each.score || *each.score >= low_score) continue;
        if (!each.judge)
            reasons |= SamplingReason::failed_check;
        else if (each.evaluator != asking)
            reasons |= SamplingReason::low_score_elsewhere;
    }
    return reasons;
}

}  // namespace plimsoll::evaluate
