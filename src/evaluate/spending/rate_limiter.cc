#include "evaluate/spending/rate_limiter.h"

#include <algorithm>

namespace plimsoll::evaluate {

namespace {

constexpr UnixNanos period = nanos_per_second;
constexpr std::uint32_t outcomes_min = 20;
constexpr std::uint32_t hopeless_after = 5;  ///< Refusals without an answer: no need for twenty.
constexpr double refused_share = 0.1;        ///< Above this the rate is too high.
constexpr double growth = 1.1;               ///< A period.
constexpr double slow_growth = 1.03;         ///< When some are refused: perhaps the limit is near.
constexpr double fast_growth = 1.5;          ///< At first, and after a pause that helped.
constexpr double probing = 1.05;  ///< Above what was accepted: finds room when there is some.
constexpr double per_minute_min = 1;
constexpr UnixNanos pause_max = 60 * nanos_per_second;

}  // namespace

RateLimiter::RateLimiter(const RateLimits& limits)
    : ceiling_(limits.requests_per_minute),
      requests_(limits.requests_per_minute.value_or(limits.start_per_minute)) {
    if (limits.tokens_per_minute) tokens_.emplace(*limits.tokens_per_minute);
}

UnixNanos RateLimiter::open_at(UnixNanos now) const {
    UnixNanos at = std::max({now, paused_until_, requests_.open_at()});
    if (tokens_) at = std::max(at, tokens_->open_at());
    return at;
}

void RateLimiter::leave(double tokens, UnixNanos now) {
    if (period_began_ == 0) period_began_ = now;
    requests_.take(1, now);
    if (tokens_) tokens_->take(tokens, now);
}

void RateLimiter::accepted(double tokens, double used, UnixNanos now) {
    if (tokens_) tokens_->give_back(tokens - used);
    ++accepted_;
    pauses_ = 0;
    look_back(now);
}

void RateLimiter::refused(double tokens, std::optional<std::chrono::milliseconds> retry_after,
                          UnixNanos now) {
    if (tokens_) tokens_->give_back(tokens);
    if (now < paused_until_) return;  // It left before the pause, which is because of its like.
    ++refused_;
    if (retry_after)
        longest_wait_ = std::max(longest_wait_, UnixNanos{retry_after->count()} * 1'000'000);
    look_back(now);
}

void RateLimiter::look_back(UnixNanos now) {
    const std::uint32_t outcomes = accepted_ + refused_;
    const bool hopeless = accepted_ == 0 && refused_ >= hopeless_after;
    if (!hopeless && (now - period_began_ < period || outcomes < outcomes_min)) return;
    const double before = requests_.per_minute();
    double rate = before * (growing_fast_ ? fast_growth : refused_ == 0 ? growth : slow_growth);
    if (refused_ > refused_share * outcomes) {
        const double seconds = static_cast<double>(now - period_began_) / nanos_per_second;
        const double goodput = accepted_ / std::max(seconds, 1e-3) * 60;
        rate = std::clamp(goodput * probing, before / 2, before);
        growing_fast_ = false;
    }
    if (refused_ * 2 > outcomes) {
        // Most were refused: a quota is used up, or somebody else uses the key.
        const UnixNanos backoff = std::min(pause_max, period << std::min(pauses_, 6u));
        paused_until_ = now + std::max(backoff, longest_wait_);
        requests_.empty(paused_until_);  // Then one by one, until the first answer is there.
        if (++pauses_ > 1) {             // The last pause brought nothing: it is not the pace.
            rate = before;
            growing_fast_ = true;
        }
    }
    if (ceiling_) rate = std::min(rate, *ceiling_);
    requests_.set_rate(std::max(rate, per_minute_min), now);
    accepted_ = refused_ = 0;
    longest_wait_ = 0;
    period_began_ = now;
}

}  // namespace plimsoll::evaluate
