/// call_fault.h: what is wrong with a tool call, and in which bytes of its arguments.
///
///   {"n": 1, "q": 17} where q is a string  ──▶  bytes [14, 16), "expected string, found integer"
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "evaluate/checks/tool_schemas.h"
#include "evaluate/tool_calls/asked_calls.h"
#include "evaluate/verdict.h"

namespace plimsoll::evaluate {

struct CallFault {
    const Part* call = nullptr;  ///< Lives as long as the interaction.
    std::size_t begin = 0;       ///< Bytes [begin, end) of Part::json.
    std::size_t end = 0;
    std::string why;          ///< In a few words.
    std::string explanation;  ///< In a sentence, with the tool's name.
};

/// The first fault of a call, nullopt if it has none, or why it cannot be judged: Unscored.
std::variant<std::optional<CallFault>, Verdict> fault_of(const Interaction& interaction,
                                                         const AskedCall& call,
                                                         const ToolSchemas& schemas);

/// Of all calls that can be judged.
std::vector<CallFault> call_faults(const Interaction& interaction);

}  // namespace plimsoll::evaluate
