#include "analyse/gate/sample_size.h"

#include <cmath>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

namespace {

/// (z_alpha + z_power)^2 variance / distance^2. A hair below a whole number is that number.
Computed<std::uint64_t> pairs(double variance, double distance, const Certainty& certainty) {
    if (distance <= 0) return Undefined{"the effect is at or beyond the margin"};
    const double z = normal_quantile(1 - certainty.alpha) + normal_quantile(certainty.power);
    const double n = std::ceil(z * z * variance / (distance * distance) - 1e-9);
    if (!(n < 1e15)) return Undefined{"more examples than anybody has"};
    return static_cast<std::uint64_t>(std::fmax(1, n));
}

}  // namespace

Computed<std::uint64_t> paired_sample_size(double discordance, double margin, double effect,
                                           const Certainty& certainty) {
    if (discordance < std::abs(effect)) {
        return Undefined{"fewer examples differ than the effect needs"};
    }
    return pairs(discordance - effect * effect, margin + effect, certainty);
}

Computed<std::uint64_t> paired_sample_size_graded(double deviation, double margin, double effect,
                                                  const Certainty& certainty) {
    return pairs(deviation * deviation, margin + effect, certainty);
}

Computed<std::uint64_t> two_proportion_sample_size(double first, double second,
                                                   const Certainty& certainty) {
    if (!(first > 0 && first < 1 && second > 0 && second < 1)) {
        return Undefined{"a rate is not between 0 and 1"};
    }
    if (first == second) return Undefined{"the rates are equal: there is nothing to find"};
    return pairs(first * (1 - first) + second * (1 - second), std::abs(first - second),
                 {certainty.alpha / 2, certainty.power});
}

}  // namespace plimsoll::analyse
