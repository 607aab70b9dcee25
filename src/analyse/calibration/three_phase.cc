#include "analyse/calibration/three_phase.h"

#include <algorithm>

namespace plimsoll::analyse {

namespace {

ThreePhaseSums sum_of(std::span<const ThreePhaseSums> units) {
    ThreePhaseSums all;
    for (const ThreePhaseSums& unit : units) all.merge(unit);
    return all;
}

/// The influence of a unit is lambda * slope + level.
struct Influence {
    double slope, level;
};
Influence influence_of(const ThreePhaseSums& unit, const ThreePhaseSums& all) {
    return {(unit.w1_f - all.w1_f / all.w1 * unit.w1) / all.w1 -
                (unit.w2_f - all.w2_f / all.w2 * unit.w2) / all.w2,
            (unit.w2_y - all.w2_y / all.w2 * unit.w2) / all.w2};
}

}  // namespace

Computed<ThreePhaseMean> three_phase_mean(std::span<const ThreePhaseSums> units, double lambda) {
    const ThreePhaseSums all = sum_of(units);
    if (all.w1 <= 0) return Undefined{"nothing was judged"};
    if (all.w2 <= 0) return Undefined{"nothing was labelled"};
    ThreePhaseMean mean;
    mean.judge_mean = all.w1_f / all.w1;
    mean.rectifier = (all.w2_y - lambda * all.w2_f) / all.w2;
    mean.value = lambda * mean.judge_mean + mean.rectifier;
    for (const ThreePhaseSums& unit : units) {
        const auto [slope, level] = influence_of(unit, all);
        mean.variance += (lambda * slope + level) * (lambda * slope + level);
    }
    return mean;
}

double best_lambda(std::span<const ThreePhaseSums> units) {
    const ThreePhaseSums all = sum_of(units);
    if (all.w1 <= 0 || all.w2 <= 0) return 0;
    double cross = 0, square = 0;
    for (const ThreePhaseSums& unit : units) {
        const auto [slope, level] = influence_of(unit, all);
        cross += slope * level;
        square += slope * slope;
    }
    return square > 0 ? std::clamp(-cross / square, 0.0, 1.0) : 0;
}

}  // namespace plimsoll::analyse
