/// alert.h: an alert is what its events add up to.
///
///                      ┌────── escalated, updated ──────┐
///                      ▼                                │
///   opened ────────▶ open ── acknowledged ─▶ acknowledged ── decided ─▶ decided
///                      │                                │                  ▲
///                      └────────── recovered ───────────┴▶ recovered ──────┘
///                      ▲                                       │
///                      └────────────── reopened ───────────────┘
///
/// A value. Nobody writes one: events are appended to record/alert_log.h, and folded here.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "record/alert_log.h"

namespace plimsoll::alert {

enum class AlertState : std::uint8_t { open, acknowledged, recovered, decided };
std::string_view to_word(AlertState state);

struct Alert {
    std::string id;
    AlertState state = AlertState::open;
    std::string owner;
    record::Urgency urgency = record::Urgency::silent;
    bool critical = false;
    std::vector<std::string> findings;  ///< Ids, the first found first.
    std::vector<std::string> channels;  ///< All that were told so far.
    std::string asked;                  ///< Who was asked last.
    UnixNanos asked_at = 0;             ///< When they heard of it.
    std::size_t escalations = 0;        ///< Since it was opened or came again.

    UnixNanos opened = 0;
    UnixNanos changed = 0;  ///< Of the last event.
    UnixNanos told = 0;     ///< The last time that its channels were told.
    std::optional<UnixNanos> recovered;
    std::string acknowledged_by, decided_by, decision, decision_reason, decision_link;
    std::optional<UnixNanos> acknowledged, decided;
    std::vector<record::AlertEvent> events;

    bool closed() const { return state == AlertState::recovered || state == AlertState::decided; }
};

/// Events oldest first; alerts in the order in which they were opened. An event of an alert that
/// was never opened counts for nothing.
std::vector<Alert> fold(std::span<const record::AlertEvent> events);

}  // namespace plimsoll::alert
