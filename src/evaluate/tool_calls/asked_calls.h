/// asked_calls.h: the tool calls that a model asked for, and what it could choose from.
#pragma once

#include <vector>

#include "interaction/interaction.h"

namespace plimsoll::evaluate {

/// Views into an interaction.
struct AskedCall {
    const Part* part;  ///< Kind tool_call.
    const Step* step;  ///< The model call that asked for it.
};

/// In the order they were asked for.
std::vector<AskedCall> asked_calls(const Interaction& interaction);

/// The tools sent with the call itself, else with a step around it; nullptr if none were sent.
const std::vector<ToolDefinition>* offered_tools(const Interaction& interaction,
                                                 const Step& asking);

}  // namespace plimsoll::evaluate
