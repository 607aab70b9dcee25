#include "alert/alert.h"

#include <algorithm>

namespace plimsoll::alert {

namespace {

using record::AlertEvent;
using record::AlertStep;

void tell(Alert& alert, const AlertEvent& event) {
    alert.owner = event.owner;
    alert.urgency = event.urgency;
    alert.critical = event.critical;
    alert.findings = event.findings;
    alert.told = event.told;
    for (const std::string& channel : event.channels)
        if (std::ranges::find(alert.channels, channel) == alert.channels.end())
            alert.channels.push_back(channel);
}

void ask(Alert& alert, const AlertEvent& event) {
    alert.asked = event.asked;
    alert.asked_at = event.told;
}

void apply(Alert& alert, const AlertEvent& event) {
    switch (event.step) {
        case AlertStep::opened:
            alert.opened = event.time;
            [[fallthrough]];
        case AlertStep::reopened:
            alert.state = AlertState::open;
            alert.recovered.reset();
            alert.escalations = 0;
            tell(alert, event);
            ask(alert, event);
            break;
        case AlertStep::updated:
            if (event.urgency > alert.urgency) ask(alert, event);
            tell(alert, event);
            break;
        case AlertStep::escalated:
            ++alert.escalations;
            tell(alert, event);
            ask(alert, event);
            break;
        case AlertStep::acknowledged:
            alert.state = AlertState::acknowledged;
            alert.acknowledged_by = event.by;
            alert.acknowledged = event.time;
            break;
        case AlertStep::recovered:
            if (alert.state != AlertState::decided) alert.state = AlertState::recovered;
            alert.recovered = event.time;
            break;
        case AlertStep::decided:
            alert.state = AlertState::decided;
            alert.decided_by = event.by;
            alert.decided = event.time;
            alert.decision = event.decision;
            alert.decision_reason = event.says;
            alert.decision_link = event.link;
            break;
    }
    alert.changed = event.time;
    alert.events.push_back(event);
}

}  // namespace

std::string_view to_word(AlertState state) {
    switch (state) {
        case AlertState::open:
            return "open";
        case AlertState::acknowledged:
            return "acknowledged";
        case AlertState::recovered:
            return "recovered";
        case AlertState::decided:
            return "decided";
    }
    return "";
}

std::vector<Alert> fold(std::span<const AlertEvent> events) {
    std::vector<Alert> alerts;
    std::map<std::string, std::size_t> at;
    for (const AlertEvent& event : events) {
        auto found = at.find(event.alert);
        if (found == at.end()) {
            if (event.step != AlertStep::opened) continue;
            found = at.emplace(event.alert, alerts.size()).first;
            alerts.emplace_back().id = event.alert;
        }
        apply(alerts[found->second], event);
    }
    return alerts;
}

}  // namespace plimsoll::alert
