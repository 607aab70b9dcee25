#include "evaluate/output_text.h"

#include <algorithm>

namespace plimsoll::evaluate {

namespace {

bool has_tool_call(const Step& step) {
    return std::any_of(step.output.begin(), step.output.end(), [](const Message& message) {
        return std::any_of(message.parts.begin(), message.parts.end(),
                           [](const Part& part) { return part.kind == PartKind::tool_call; });
    });
}

}  // namespace

const Step* answering_step(const Interaction& interaction) {
    const Step* with_output = nullptr;
    const Step* around = nullptr;
    const Step* last_call = nullptr;
    for (const Step& step : interaction.steps) {
        if (step.kind == StepKind::model_call) {
            last_call = &step;
            if (!step.output.empty()) with_output = &step;
        } else if ((step.kind == StepKind::agent || step.kind == StepKind::workflow) &&
                   !step.output.empty()) {
            around = &step;
        }
    }
    return with_output ? with_output : around ? around : last_call;
}

std::variant<std::string_view, Verdict> output_text(const Interaction& interaction) {
    const Step* step = answering_step(interaction);
    if (!step) return Verdict::unscored(Reason::not_applicable, "No model was called.");
    if (step->content == ContentStatus::truncated) {
        return Verdict::unscored(Reason::truncated, "The text was cut before it reached us.");
    }
    if (!interaction.answer.empty()) return std::string_view(interaction.answer);
    if (!step->output.empty()) {
        if (has_tool_call(*step)) {
            return Verdict::unscored(Reason::not_applicable,
                                     "The model answered with tool calls only.");
        }
        return std::string_view();
    }
    if (step->content == ContentStatus::unparsable) {
        return Verdict::unscored(Reason::unparsable, "The messages sent could not be read.");
    }
    if (interaction.incomplete) {
        return Verdict::unscored(Reason::incomplete, "The trace ended before an answer came.");
    }
    return Verdict::unscored(Reason::missing_content, "The output was not sent.");
}

}  // namespace plimsoll::evaluate
