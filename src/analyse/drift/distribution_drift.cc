#include "analyse/drift/distribution_drift.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "analyse/drift/distances.h"
#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

namespace {

std::array<double, ScoreHistogram::bins> shares(const ScoreHistogram& histogram) {
    auto shares = histogram.bin_w;
    for (double& share : shares) share /= histogram.w;
    return shares;
}

/// Tenths of the scale; half a count over all of them keeps logarithms of empty ones finite.
std::array<double, report_bins> tenths(const ScoreHistogram& histogram, double count,
                                       double pseudo_count) {
    std::array<double, report_bins> tenths{};
    for (std::size_t i = 0; i < ScoreHistogram::bins; ++i) {
        tenths[std::min(i / 10, report_bins - 1)] += histogram.bin_w[i] / histogram.w;
    }
    for (double& share : tenths) {
        share = (share * count + pseudo_count / report_bins) / (count + pseudo_count);
    }
    return tenths;
}

}  // namespace

Computed<DistributionDrift> distribution_drift(const ScoreHistogram& reference,
                                               const ScoreHistogram& current,
                                               double reference_design_effect,
                                               double current_design_effect) {
    assert(reference_design_effect >= 1 && current_design_effect >= 1);
    const double n0 = reference.effective_count() / reference_design_effect;
    const double n1 = current.effective_count() / current_design_effect;
    DistributionDrift drift;
    drift.effective_count = n0 + n1 > 0 ? n0 * n1 / (n0 + n1) : 0;
    if (drift.effective_count < drift_count_min) {
        return Undefined{"too few scores to compare distributions"};
    }
    if (reference.is_binary() && current.is_binary()) {
        return Undefined{"scores are 0 or 1, so that their mean says it all"};
    }
    const auto p = shares(reference), q = shares(current);
    drift.largest = kolmogorov_distance(p, q);
    drift.p = kolmogorov_p(drift.largest, drift.effective_count);
    drift.moved = wasserstein_distance(p, q, 1. / (ScoreHistogram::bins - 1));
    drift.drifted = drift.p < drift_p_max && drift.moved >= drift_moved_min;

    const auto p10 = tenths(reference, n0, 0), q10 = tenths(current, n1, 0);
    double used = 0;
    for (std::size_t i = 0; i < report_bins; ++i) used += p10[i] + q10[i] > 0;
    const double unit = 1 / n0 + 1 / n1, degrees = std::max(1.0, used - 1);
    drift.psi = population_stability_index(tenths(reference, n0, .5), tenths(current, n1, .5));
    drift.psi_without_change = unit * degrees;
    drift.psi_p = chi_square_survival(drift.psi / unit, degrees);
    drift.jensen_shannon = jensen_shannon_divergence(p10, q10);
    drift.jensen_shannon_p = chi_square_survival(8 * drift.jensen_shannon / unit, degrees);
    return drift;
}

}  // namespace plimsoll::analyse
