/// turn_signs.h: in a run of several agents, the first turn that what followed says failed.
///
///   turn of an agent ──▶ a tool ends in an error        ──▶ that turn failed
///   turn of an agent ──▶ an orchestrator's ledger says "no progress", "in a loop"
///
/// The turn blamed is the last one, before the sign, of an agent that does work. Wrong facts and
/// wrong plans leave no sign: see the figures in bench/EVALUATORS.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interaction/interaction.h"

namespace plimsoll::evaluate {

struct SignOfFailure {
    std::size_t step = 0;       ///< Index of the blamed step.
    std::size_t turn = 0;       ///< Counted from 1, over the turns of all agents.
    std::string_view evidence;  ///< What followed.
};

std::vector<std::string> usual_routers();

/// Whether `agent` hands out work: its name holds one of `routers`, case ignored.
bool is_router(std::string_view agent, const std::vector<std::string>& routers);

std::optional<SignOfFailure> first_sign_of_failure(const Interaction& interaction,
                                                   const std::vector<std::string>& routers);

}  // namespace plimsoll::evaluate
