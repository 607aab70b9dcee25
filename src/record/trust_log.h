/// trust_log.h: every step of an evaluator's trust: what it became, when, and why. Only grows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace plimsoll::record {

enum class TrustStep : std::uint8_t {
    labels,       ///< What people said decided.
    new_version,  ///< Another judge, model or rubric: it starts from nothing.
    suspended,    ///< Its sentinels changed their verdicts: it may be another judge.
    compared,     ///< What it says now against what it said before; changes no state.
};
inline constexpr std::array trust_steps{TrustStep::labels, TrustStep::new_version,
                                        TrustStep::suspended, TrustStep::compared};
std::string_view to_word(TrustStep step);

struct TrustEvent {
    UnixNanos time = 0;
    std::string dimension;
    std::string evaluator;
    std::string version;
    TrustStep step = TrustStep::labels;
    std::string before, after;  ///< closed, provisional or open; before is "" the first time.
    std::optional<double> probability;  ///< That agreement is above the threshold.
    std::string why;
    /// suspended: interactions that started earlier count for nothing from now on. compared: that
    /// of the suspension.
    UnixNanos since = 0;
};

class TrustLog {
  public:
    virtual ~TrustLog() = default;
    /// All or nothing, durable when it returns. Any thread.
    virtual Result<Done> append(std::span<const TrustEvent> events) = 0;
    /// Oldest first, in the order they were appended.
    virtual Result<std::vector<TrustEvent>> events() = 0;
};

}  // namespace plimsoll::record
