/// paced_bucket.h: so much per minute, evenly.
///
/// The generic cell rate algorithm: one time, at which all that was taken is paid off. Nothing is
/// lost by rounding: over any long stretch exactly the rate goes through, if there is demand.
/// Source: ITU-T I.371, virtual scheduling.
#pragma once

#include <algorithm>
#include <cmath>

#include "base/time.h"

namespace plimsoll::evaluate {

class PacedBucket {
  public:
    /// `burst_s`: how many seconds' worth may go at once after a pause.
    explicit PacedBucket(double per_minute, double burst_s = 1.0)
        : burst_(static_cast<UnixNanos>(burst_s * nanos_per_second)),
          nanos_each_(60.0 * nanos_per_second / per_minute) {}

    /// What is owed stays the same amount, and is paid off at the new rate.
    void set_rate(double per_minute, UnixNanos now) {
        const double each = 60.0 * nanos_per_second / per_minute;
        if (paid_off_ > now)
            paid_off_ =
                now + std::llround(static_cast<double>(paid_off_ - now) / nanos_each_ * each);
        nanos_each_ = each;
    }
    double per_minute() const { return 60.0 * nanos_per_second / nanos_each_; }

    /// The first time at which something may be taken, whatever its size: a request larger than
    /// the burst goes when the bucket is full, and the next ones wait for it.
    UnixNanos open_at() const { return paid_off_ - burst_; }
    bool open(UnixNanos now) const { return now >= open_at(); }

    void take(double amount, UnixNanos now) {
        paid_off_ =
            std::max(paid_off_, now) + static_cast<UnixNanos>(std::llround(amount * nanos_each_));
    }
    /// At `time` there is nothing left to go at once.
    void empty(UnixNanos time) { paid_off_ = std::max(paid_off_, time + burst_); }
    /// Less was used than was taken.
    void give_back(double amount) {
        paid_off_ -= static_cast<UnixNanos>(std::llround(amount * nanos_each_));
    }

  private:
    UnixNanos burst_;
    double nanos_each_ = 0;
    UnixNanos paid_off_ = 0;
};

}  // namespace plimsoll::evaluate
