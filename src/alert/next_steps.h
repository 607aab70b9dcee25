/// next_steps.h: what happens to alerts now, given what is found, who is trusted, and what was told
/// already.
///
///   findings ─▶ gate (standing.h) ─▶ groups (incident.h) ─┬─ of a known change ─▶ updated
///                                                         └─ new ─▶ opened
///   alerts ─┬─ everything in it ended ─▶ recovered ─┬─ came again ─▶ reopened
///           └─ nobody acknowledged in time ─▶ escalated
///
/// Pure: the same arguments give the same steps, and after those steps were taken there are none.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "alert/alert.h"
#include "alert/policy.h"
#include "alert/standing.h"
#include "record/finding.h"

namespace plimsoll::alert {

struct Situation {
    const std::vector<Alert>& alerts;
    const std::vector<record::Finding>& findings;
    const std::vector<Standing>& standings;
    const Policy& policy;
    UnixNanos now = 0;
};

/// Both are written together.
struct Steps {
    std::vector<record::AlertEvent> events;
    std::vector<record::Notification> notifications;
};
Steps next_steps(const Situation& situation);

/// The owner who acts on a finding.
const Owner* owner_of(const record::Finding& finding, const Policy& policy);

/// `event` and what its channels are told: `event.channels`, those already told besides, and of
/// these only who wants to hear of such steps. `alert` is without the event yet.
void add_step(Alert alert, record::AlertEvent event, const Situation& situation, Steps& steps);

/// An alert that grew is told again at most so often, unless it got louder.
inline constexpr UnixNanos update_gap = 3'600 * nanos_per_second;

}  // namespace plimsoll::alert
