/// interval.h: where a quantity lies, with a stated confidence.
#pragma once

#include <algorithm>

namespace plimsoll::analyse {

struct Interval {
    double low = 0;
    double high = 0;

    double width() const { return high - low; }
    bool contains(double x) const { return low <= x && x <= high; }
    bool operator==(const Interval&) const = default;
};

inline Interval clamped(Interval interval, double low, double high) {
    return {std::clamp(interval.low, low, high), std::clamp(interval.high, low, high)};
}

/// A value with its 95% interval, unless a function says another confidence.
struct Estimate {
    double value = 0;
    double standard_error = 0;
    Interval interval;
};

inline constexpr double z_95_two_sided = 1.959963984540054;   ///< Normal quantile of 0.975.
inline constexpr double z_95_one_sided = 1.6448536269514722;  ///< Normal quantile of 0.95.

}  // namespace plimsoll::analyse
