#include "evaluate/tool_calls/asked_calls.h"

namespace plimsoll::evaluate {

std::vector<AskedCall> asked_calls(const Interaction& interaction) {
    std::vector<AskedCall> calls;
    for (const Step& step : interaction.steps) {
        if (step.kind != StepKind::model_call) continue;
        for (const Message& message : step.output) {
            for (const Part& part : message.parts) {
                if (part.kind == PartKind::tool_call) calls.push_back({&part, &step});
            }
        }
    }
    return calls;
}

const std::vector<ToolDefinition>* offered_tools(const Interaction& interaction,
                                                 const Step& asking) {
    if (!asking.tools.empty()) return &asking.tools;
    for (const Step& step : interaction.steps) {
        if (!step.tools.empty()) return &step.tools;
    }
    return nullptr;
}

}  // namespace plimsoll::evaluate
