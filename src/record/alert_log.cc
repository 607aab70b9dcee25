#include "record/alert_log.h"

#include <algorithm>

namespace plimsoll::record {

namespace {

template <class Each, std::size_t count>
std::optional<Each> named(const std::array<Each, count>& all, std::string_view word) {
    const auto found = std::ranges::find(all, word, [](Each each) { return to_word(each); });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

std::string_view to_word(AlertStep step) {
    switch (step) {
        case AlertStep::opened:
            return "opened";
        case AlertStep::updated:
            return "updated";
        case AlertStep::escalated:
            return "escalated";
        case AlertStep::acknowledged:
            return "acknowledged";
        case AlertStep::recovered:
            return "recovered";
        case AlertStep::reopened:
            return "reopened";
        case AlertStep::decided:
            return "decided";
    }
    return "";
}

std::optional<AlertStep> alert_step_named(std::string_view word) {
    return named(alert_steps, word);
}

std::string_view to_word(Urgency urgency) {
    switch (urgency) {
        case Urgency::silent:
            return "silent";
        case Urgency::note:
            return "note";
        case Urgency::ticket:
            return "ticket";
        case Urgency::page:
            return "page";
    }
    return "";
}

std::optional<Urgency> urgency_named(std::string_view word) {
    return named(urgencies, word);
}

std::string_view to_word(Delivery delivery) {
    switch (delivery) {
        case Delivery::pending:
            return "pending";
        case Delivery::delivered:
            return "delivered";
        case Delivery::superseded:
            return "superseded";
        case Delivery::given_up:
            return "given_up";
    }
    return "";
}

}  // namespace plimsoll::record
