/// late_reasons.h: reasons that come after the interaction, heard until the freeze.
///
///   started ──────── open: a reason may raise pi ────────▶ frozen: pi is final
///                    │ raised(…)                      72 h
///                    └─▶ nothing new │ changed │ now judged
///
/// A re-submission or an escalation comes hours later. Until the freeze it raises pi as if it had
/// been known at once: the permanent random number is the same, so a judged interaction stays
/// judged and one that was passed over may join. After the freeze it changes nothing: estimates
/// that were published stand. Pure.
#pragma once

#include <string_view>

#include "base/time.h"
#include "evaluate/sampling/sampling_design.h"

namespace plimsoll::evaluate {

inline constexpr UnixNanos freeze_after = 72 * 3600 * nanos_per_second;

/// `time` is when the reason came; `start` the interaction's.
constexpr bool is_frozen(UnixNanos start, UnixNanos time) {
    return time >= start + freeze_after;
}

/// The draw of an interaction that had this inclusion and stratum, with further reasons. Which
/// reasons it had need not be known: pi is the largest of their rates, and the stratum is named
/// after the first. Draw::reasons are the further ones and the one that the stratum names.
Draw raised(const SamplingDesign& design, std::string_view id, double inclusion,
            std::string_view stratum, ReasonSet later);

}  // namespace plimsoll::evaluate
