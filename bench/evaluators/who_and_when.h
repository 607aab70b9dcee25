/// who_and_when.h: the failed multi-agent runs of ../shared/data/who_and_when as interactions.
#pragma once

#include <string>
#include <vector>

#include "interaction/interaction.h"

namespace plimsoll::bench {

struct FailedRun {
    Interaction interaction;  ///< One step per message: an agent's turn, or a program run.
    std::vector<std::string> speakers;  ///< Of each step, programs too.
    std::string agent;                  ///< Whom people blame.
    std::size_t step = 0;               ///< Which message people blame.
};

/// `folder`: "Algorithm-Generated" or "Hand-Crafted".
std::vector<FailedRun> who_and_when(const std::string& folder);

}  // namespace plimsoll::bench
