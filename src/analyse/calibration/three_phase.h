/// three_phase.h: the mean of quality when judging and labelling both chose unequally.
///
///   traffic ──pi1──▶ judged f ──pi2──▶ labelled Y
///
///   theta = lambda fbar + rbar,  fbar = sum w1 f / W1,  rbar = sum w2 (Y - lambda f) / W2,
///   w1 = 1/pi1,  w2 = 1/(pi1 pi2)
///
/// Only the probabilities need be true; how good the judge is only decides the width. Like ppi.h it
/// stands for comparison (simulation B2e). Source: Zrnic and Candes 2024 (arXiv 2403.03208);
/// docs/statistics/3-correction.md.
#pragma once

#include <span>

#include "analyse/stats/computed.h"

namespace plimsoll::analyse {

/// Of one unit: an item, a cluster or a bucket of clusters. Adds.
struct ThreePhaseSums {
    double w1 = 0, w1_f = 0;            ///< Over judged items.
    double w2 = 0, w2_f = 0, w2_y = 0;  ///< Over labelled ones.

    void judged(double weight, double score) {
        w1 += weight;
        w1_f += weight * score;
    }
    /// `weight` is 1 / (pi1 pi2).
    void labelled(double weight, double score, double human) {
        w2 += weight;
        w2_f += weight * score;
        w2_y += weight * human;
    }
    void merge(const ThreePhaseSums& other) {
        w1 += other.w1;
        w1_f += other.w1_f;
        w2 += other.w2;
        w2_f += other.w2_f;
        w2_y += other.w2_y;
    }
};

struct ThreePhaseMean {
    double value = 0;
    double variance = 0;    ///< Sum of squared influence; times G/(G-1) if the units are G buckets.
    double judge_mean = 0;  ///< fbar
    double rectifier = 0;   ///< rbar
};

/// Undefined without judged or labelled items. `lambda` is best taken from the window before, which
/// leaves no bias from using the labels twice.
Computed<ThreePhaseMean> three_phase_mean(std::span<const ThreePhaseSums> units, double lambda);

/// The lambda in [0, 1] that makes the variance of three_phase_mean smallest; 0 if judge scores do
/// not vary.
double best_lambda(std::span<const ThreePhaseSums> units);

}  // namespace plimsoll::analyse
