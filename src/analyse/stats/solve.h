/// solve.h: the root of a monotone function, by bisection: slow, and it cannot fail.
#pragma once

#include <cmath>

namespace plimsoll::analyse {

/// Where `f` changes its sign in [low, high], to the last bit of a double or `tolerance`. The signs
/// at the ends must differ; if they do not, the end with the smaller |f| is answered.
template <class Function>
double root_of(Function&& f, double low, double high, double tolerance = 0) {
    const double f_low = f(low), f_high = f(high);
    if (f_low == 0) return low;
    if (f_high == 0) return high;
    if ((f_low < 0) == (f_high < 0)) return std::abs(f_low) < std::abs(f_high) ? low : high;
    for (int i = 0; i < 200 && high - low > tolerance; ++i) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) break;
        ((f(middle) < 0) == (f_low < 0) ? low : high) = middle;
    }
    return low + (high - low) / 2;
}

}  // namespace plimsoll::analyse
