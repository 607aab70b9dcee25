/// tau_bench.h: the trajectories of ../shared/data/tau_bench as interactions, with their rewards.
#pragma once

#include <string>
#include <vector>

#include "interaction/interaction.h"

namespace plimsoll::bench {

struct Trajectory {
    std::string task;
    bool rewarded = false;  ///< The final data base and the outputs are the required ones.
    /// One model call per assistant message, which is given what came since the last one; the
    /// actions that the task requires stand in plimsoll.expected.writes.
    Interaction interaction;
};

std::vector<Trajectory> tau_bench();

/// The tools of the airline that change its data base: a property of the tools, not of the tasks.
inline constexpr const char* airline_writes =
    R"({"tools":["book_reservation","cancel_reservation","send_certificate",)"
    R"("update_reservation_baggages","update_reservation_flights",)"
    R"("update_reservation_passengers"]})";

}  // namespace plimsoll::bench
