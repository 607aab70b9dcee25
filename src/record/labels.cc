#include "record/labels.h"

#include <utility>

namespace plimsoll::record {

namespace {

constexpr std::array<std::pair<LabelReason, std::string_view>, label_reasons.size()> words{{
    {LabelReason::by_hand, "by_hand"},
    {LabelReason::probe_set, "probe_set"},
    {LabelReason::random_audit, "random_audit"},
    {LabelReason::by_verdict, "by_verdict"},
    {LabelReason::flip, "flip"},
    {LabelReason::disagreement, "disagreement"},
}};

}  // namespace

std::string_view to_word(LabelReason reason) {
    for (const auto& [each, word] : words)
        if (each == reason) return word;
    return "";
}

std::optional<LabelReason> label_reason_named(std::string_view word) {
    for (const auto& [reason, each] : words)
        if (each == word) return reason;
    return std::nullopt;
}

}  // namespace plimsoll::record
