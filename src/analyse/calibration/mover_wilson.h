/// mover_wilson.h: a proportion put together from strata, with an interval that stays right when
/// strata are small and nearly everything passes.
///
///   m = sum A_h p_h,  low = m - sqrt(sum A_h^2 (p_h - l_h)^2 + z^2 v_mix),  high likewise
///
/// [l_h, u_h] is Wilson's interval of stratum h, v_mix the variance that random shares A_h add. At
/// 60 judgements of an anomaly-biased sample it covers 94.7% where Wald covers 80.8%. Source: Zou
/// and Donner 2008 (MOVER), Wilson 1927; docs/statistics/2-sampling.md.
#pragma once

#include <span>

#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct ProportionStratum {
    double share = 0;   ///< A_h, in [0, 1]; the shares add up to 1.
    double passes = 0;  ///< Of n; both may be effective counts.
    double n = 0;       ///< 0: nothing is known, the interval is [0, 1] and the point 0.5.

    double proportion() const { return n > 0 ? passes / n : 0.5; }
};

/// Variance of m because a traffic of `count` independent interactions could have had another mix.
double mix_variance(std::span<const ProportionStratum> strata, double count);

/// The interval within [0, 1]; `z` may be a Student quantile.
Estimate mover_wilson(std::span<const ProportionStratum> strata, double mix_variance,
                      double z = z_95_two_sided);

}  // namespace plimsoll::analyse
