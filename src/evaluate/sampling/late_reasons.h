/// late_reasons.h: reasons that come after the interaction, heard until the freeze.
///
///   arrived ──────── open: a reason may raise pi ────────▶ frozen: pi is final
///                    │ hear(reason, now)             72 h
///                    └─▶ nothing new │ changed │ now judged │ too late
///
/// A re-submission or an escalation comes hours later. Until the freeze it raises pi as if it had
/// been known at once: the permanent random number is the same, so a judged interaction stays
/// judged and one that was passed over may join. After the freeze it is told and changes nothing:
/// estimates that were published stand. Pure; time is passed in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "evaluate/sampling/sampling_design.h"

namespace plimsoll::evaluate {

inline constexpr UnixNanos freeze_after = 72 * 3600 * nanos_per_second;

enum class Heard : std::uint8_t {
    nothing_new,  ///< Known already, or it raises nothing.
    changed,      ///< Its probability rose, or its stratum is another: what is stored must follow.
    now_judged,   ///< Passed over so far; now it is in the sample.
    too_late,     ///< After the freeze.
};
std::string_view to_word(Heard heard);

class LateReasons {
  public:
    /// `arrived` is the interaction's, by the journal's clock; `reasons` are those known then.
    LateReasons(const SamplingDesign& design, std::string id, UnixNanos arrived, ReasonSet reasons);

    /// `now` is when the reason arrived, which a replay gives again.
    Heard hear(ReasonSet reasons, UnixNanos now);

    bool frozen(UnixNanos now) const { return now >= arrived_ + freeze_after; }
    /// As of the last reason heard. Final once frozen.
    const Draw& draw() const { return draw_; }

  private:
    const SamplingDesign design_;  ///< That of its arrival: later plans are for later interactions.
    const std::string id_;
    const UnixNanos arrived_;
    Draw draw_;
};

}  // namespace plimsoll::evaluate
