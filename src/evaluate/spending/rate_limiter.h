/// rate_limiter.h: how fast one key may ask a model's server.
///
///   configured ceiling ──▶ rate ──▶ PacedBucket of requests ─┐
///        goodput when refused ▲     PacedBucket of tokens ───┴─▶ may the next one leave?
///
/// Every second (and 20 outcomes) it looks back: if more than a tenth was refused, the rate becomes
/// what was accepted, and a little more (half at least); else it grows, up to the ceiling. So it
/// settles where the server's limit is, with about one refusal in twenty, and a server that refuses
/// at random loses nothing. Not for several threads at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/time.h"
#include "evaluate/spending/paced_bucket.h"

namespace plimsoll::evaluate {

struct RateLimits {
    std::optional<double> requests_per_minute;  ///< nullopt: found out, from `start` upwards.
    std::optional<double> tokens_per_minute;    ///< Of input and output together.
    double start_per_minute = 600;
};

class RateLimiter {
  public:
    explicit RateLimiter(const RateLimits& limits);

    /// When the next request may leave: at once if that is not after `now`.
    UnixNanos open_at(UnixNanos now) const;

    /// One leaves, of about `tokens`.
    void leave(double tokens, UnixNanos now);

    /// It was answered: `used` tokens instead of those it left with.
    void accepted(double tokens, double used, UnixNanos now);
    /// 429, 503 or 529: nothing was used.
    void refused(double tokens, std::optional<std::chrono::milliseconds> retry_after,
                 UnixNanos now);
    /// It failed in a way that says nothing about the rate.
    void failed(UnixNanos now) { look_back(now); }

    double requests_per_minute() const { return requests_.per_minute(); }
    /// The key as a whole is held back until then.
    UnixNanos paused_until() const { return paused_until_; }

  private:
    void look_back(UnixNanos now);

    std::optional<double> ceiling_;  ///< Requests per minute.
    PacedBucket requests_;
    std::optional<PacedBucket> tokens_;
    UnixNanos period_began_ = 0;
    std::uint32_t accepted_ = 0, refused_ = 0;  ///< In this period.
    UnixNanos longest_wait_ = 0;                ///< Asked for in this period.
    UnixNanos paused_until_ = 0;
    bool growing_fast_ = true;
    std::uint32_t pauses_ = 0;  ///< One after the other, without an answer between.
};

}  // namespace plimsoll::evaluate
