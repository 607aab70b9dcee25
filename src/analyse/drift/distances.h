/// distances.h: how far apart two distributions over the same bins are.
///
/// All take shares that add up to 1, as many in q as in p, and are 0 for the same shares.
#pragma once

#include <span>

namespace plimsoll::analyse {

/// Largest difference of the cumulated shares (Kolmogorov and Smirnov). In [0, 1].
double kolmogorov_distance(std::span<const double> p, std::span<const double> q);

/// P(largest difference >= this) if nothing differs, for n = n_p n_q / (n_p + n_q); a little too
/// large where scores tie. Source: Stephens 1970.
double kolmogorov_p(double distance, double n);

/// Mean way that the scores must be moved, in units of `bin_width`: the shift of the mean if one
/// distribution lies all on one side of the other (Wasserstein 1).
double wasserstein_distance(std::span<const double> p, std::span<const double> q,
                            double bin_width = 1);

/// sum (q - p) log(q / p); needs all shares > 0 where p + q > 0. If nothing differs it is about
/// (1/n_p + 1/n_q) times a chi-square of bins - 1 degrees, so "above 0.1" is a statement about n.
double population_stability_index(std::span<const double> p, std::span<const double> q);

/// In nats, in [0, log 2]. Eight times it has the distribution that the index above has.
double jensen_shannon_divergence(std::span<const double> p, std::span<const double> q);

}  // namespace plimsoll::analyse
