/// sampling_reason.h: why an interaction is more worth judging than another.
///
/// Each reason says where it comes from. One that nothing computes yet exists all the same: an
/// attribute `plimsoll.reason.<word>` on any span sets it, and so does a REST call, until the
/// freeze.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace plimsoll::evaluate {

/// In the order of precedence: the first one names the stratum.
enum class SamplingReason : std::uint8_t {
    escalation,
    negative_feedback,
    re_submission,
    error,
    failed_check,
    low_score_elsewhere,
};
inline constexpr std::size_t sampling_reason_count = 6;

/// Several reasons at once. A value; its bits are what is stored beside a judgement.
class ReasonSet {
  public:
    constexpr ReasonSet() = default;
    constexpr ReasonSet(SamplingReason reason) : bits_(bit(reason)) {}
    /// Bits of a later version of Plimsoll are kept and mean nothing here.
    static constexpr ReasonSet from_bits(std::uint32_t bits) { return ReasonSet(bits); }

    constexpr std::uint32_t bits() const { return bits_; }
    constexpr bool has(SamplingReason reason) const { return (bits_ & bit(reason)) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    constexpr ReasonSet operator|(ReasonSet other) const { return ReasonSet(bits_ | other.bits_); }
    constexpr ReasonSet& operator|=(ReasonSet other) { return *this = *this | other; }
    bool operator==(const ReasonSet&) const = default;

  private:
    static constexpr std::uint32_t bit(SamplingReason reason) {
        return 1u << static_cast<unsigned>(reason);
    }
    constexpr explicit ReasonSet(std::uint32_t bits) : bits_(bits) {}
    std::uint32_t bits_ = 0;
};

/// For people, REST and configuration.
struct SamplingReasonInfo {
    SamplingReason reason;
    std::string_view word;        ///< "escalation"
    std::string_view attribute;   ///< "plimsoll.reason.escalation": set, and not "false" or "0".
    std::string_view says;        ///< What it means.
    std::string_view comes_from;  ///< Beside the attribute and REST.
};

inline constexpr std::array<SamplingReasonInfo, sampling_reason_count> sampling_reasons{{
    {SamplingReason::escalation, "escalation", "plimsoll.reason.escalation",
     "The user was handed to a person, or asked for one.", "tools called, and the user's words"},
    {SamplingReason::negative_feedback, "negative_feedback", "plimsoll.reason.negative_feedback",
     "The user said that the answer was bad.", "feedback by people, and the user's words"},
    {SamplingReason::re_submission, "re_submission", "plimsoll.reason.re_submission",
     "The user asked the same thing again.", "earlier questions of the session"},
    {SamplingReason::error, "error", "plimsoll.reason.error",
     "The interaction failed, or one of its model or tool calls did.", "the interaction's spans"},
    {SamplingReason::failed_check, "failed_check", "plimsoll.reason.failed_check",
     "A check scored it below 1/2.", "verdicts of checks"},
    {SamplingReason::low_score_elsewhere, "low_score_elsewhere",
     "plimsoll.reason.low_score_elsewhere", "Another judge scored it below 1/2.",
     "verdicts of other judges; never the judge's own"},
}};

constexpr const SamplingReasonInfo& info_of(SamplingReason reason) {
    return sampling_reasons[static_cast<std::size_t>(reason)];
}
std::optional<SamplingReason> sampling_reason_named(std::string_view word);

}  // namespace plimsoll::evaluate
