/// confidence_sequence.h: intervals that hold at all times together, for charts that people watch.
///
/// An ordinary 95% interval covers 19 times in 20 if one looks once; looked at daily until it says
/// something, it lies nearly always. These pay for every look beforehand: with probability 1 -
/// alpha the true mean is never outside, at any sample size.
///
///   binary scores             beta_mixture_sequence   (failures, n), sums: merges in any order
///   weighted means, ratios    asymptotic_sequence     value, standard deviation, clusters
///   graded, small, in order   hedged_sequence         the scores one by one; exact for any n
///
/// Sources: Howard, Ramdas et al. (mixture); Waudby-Smith et al., arXiv 2103.06476 (asymptotic);
/// Waudby-Smith and Ramdas, Estimating means of bounded random variables by betting (hedged).
#pragma once

#include <span>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

/// log of the beta(a, b) mixture's evidence against a success probability p after `successes` in n:
/// log B(a+S, b+n-S) - log B(a, b) - S log p - (n-S) log(1-p). 0 < p < 1.
double beta_mixture_log_evidence(double successes, double n, double p, double a = .5,
                                 double b = .5);

/// The p in [0, 1] against which the evidence stays below 1 / alpha. n = 0 gives [0, 1]; counts may
/// be fractions (effective counts). The mixture beta(1/2, 1/2) is right for all n alike.
Interval beta_mixture_sequence(double successes, double n, double alpha = .05);

/// The margin of a mean whose observations have variance 1 after `n` of them: sqrt(2 (n r + 1) /
/// (n^2 r) log(sqrt(n r + 1) / alpha)), narrowest at about n_best. n > 0.
double asymptotic_margin(double n, double n_best, double alpha = .05);

/// mean -+ standard_error sqrt(clusters) asymptotic_margin(clusters): for anything with a
/// standard error between clusters. n_best: what a day brings. Undefined below 50 clusters, since
/// it holds in the limit only.
Computed<Interval> asymptotic_sequence(double mean, double standard_error, double clusters,
                                       double n_best, double alpha = .05);

/// Of the mean of scores in [0, 1], in their order; to 1e-6. No distribution is assumed and no n is
/// too small: with no scores it is [0, 1].
Interval hedged_sequence(std::span<const double> scores, double alpha = .05);

}  // namespace plimsoll::analyse
