#include "evaluate/sampling/sampling_reason.h"

namespace plimsoll::evaluate {

static_assert(
    [] {
        for (std::size_t i = 0; i < sampling_reasons.size(); ++i)
            if (static_cast<std::size_t>(sampling_reasons[i].reason) != i) return false;
        return true;
    }(),
    "info_of looks up by position");

std::optional<SamplingReason> sampling_reason_named(std::string_view word) {
    for (const SamplingReasonInfo& each : sampling_reasons)
        if (each.word == word) return each.reason;
    return std::nullopt;
}

}  // namespace plimsoll::evaluate
