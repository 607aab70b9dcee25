#include "alert/decision.h"

#include <algorithm>

namespace plimsoll::alert {

namespace {

bool has_control_characters(std::string_view text) {
    return std::ranges::any_of(
        text, [](unsigned char c) { return (c < ' ' && c != '\n' && c != '\t') || c == 0x7F; });
}

}  // namespace

std::string fault_of_name(std::string_view name) {
    if (name.empty()) return "`by` is empty: an alert is taken by a person";
    if (name.size() > 64) return "`by` is longer than 64 characters";
    if (has_control_characters(name) || name.find('\n') != name.npos)
        return "`by` holds a control character";
    return "";
}

std::string fault_of(const Decision& decision) {
    if (std::ranges::find(decision_kinds, decision.kind, &DecisionKind::word) ==
        decision_kinds.end()) {
        std::string words;
        for (const DecisionKind& kind : decision_kinds)
            words += (words.empty() ? "" : ", ") + std::string(kind.word);
        return "`decision` must be one of " + words;
    }
    if (const std::string fault = fault_of_name(decision.by); !fault.empty()) return fault;
    if (decision.reason.empty()) return "`reason` is empty: who reads it later needs one";
    if (decision.reason.size() > 4'000) return "`reason` is longer than 4000 characters";
    if (has_control_characters(decision.reason)) return "`reason` holds a control character";
    if (!decision.link.empty() && !decision.link.starts_with("https://") &&
        !decision.link.starts_with("http://"))
        return "`link` must begin with https:// or http://";
    if (decision.link.size() > 2'000 || has_control_characters(decision.link))
        return "`link` is too long or holds a control character";
    return "";
}

}  // namespace plimsoll::alert
