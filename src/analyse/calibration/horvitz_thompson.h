/// horvitz_thompson.h: totals of a traffic from a sample whose inclusion probabilities are known.
///
/// Unbiased whatever the design prefers, if the probabilities are true and none is zero. Source:
/// Horvitz and Thompson 1952; docs/statistics/2-sampling.md.
#pragma once

#include <span>

namespace plimsoll::analyse {

/// One sampled value.
struct Sampled {
    double y = 0;
    double inclusion = 1;  ///< In (0, 1].
};

struct Total {
    double value = 0;
    double variance = 0;  ///< Of the design: another sample of the same traffic.
};

/// sum y / pi, and sum (1 - pi) y^2 / pi^2, which is unbiased for Poisson sampling. The mean of a
/// traffic of N is this over N and N^2; where N is not known, WeightedSums::mean() (Hajek).
Total horvitz_thompson(std::span<const Sampled> sample);

}  // namespace plimsoll::analyse
