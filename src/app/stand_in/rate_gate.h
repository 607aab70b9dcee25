/// rate_gate.h: so many a minute, a second's worth of them at once.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

namespace plimsoll::app {

class RateGate {
  public:
    using Clock = std::chrono::steady_clock;
    /// 0: everything passes.
    explicit RateGate(double per_minute) : per_minute_(per_minute) {}

    /// Lets `amount` pass, or says in how long it may be tried again.
    std::optional<std::chrono::milliseconds> pass(Clock::time_point now, double amount = 1) {
        if (per_minute_ <= 0) return std::nullopt;
        const std::chrono::duration<double> cost(amount * 60 / per_minute_);
        const auto free = std::max(free_, now);
        // One that is larger than a second's worth passes when all before it are paid off.
        const auto wait = free - (now + std::chrono::seconds(1));
        if (wait > Clock::duration::zero())
            return std::chrono::ceil<std::chrono::milliseconds>(wait);
        free_ = free + std::chrono::duration_cast<Clock::duration>(cost);
        return std::nullopt;
    }

  private:
    const double per_minute_;
    Clock::time_point free_{};  ///< When all that passed is paid off.
};

}  // namespace plimsoll::app
