/// ppi.h: prediction-powered inference (PPI++): the mean of quality from many judge scores and few
/// human labels.
///
///   theta = lambda mean_N(f) + mean_n(Y - lambda f)
///
/// lambda says how far the judge is believed, and is taken from the data, so a useless judge costs
/// nothing. Covers too little near a ceiling, so correction_choice.h does not choose it: simulations
/// B2 and B2e compare with it. Source: Angelopoulos, Duchi and Zrnic 2023 (arXiv 2311.01453);
/// docs/statistics/3-correction.md.
#pragma once

#include <span>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct PpiMean {
    Estimate estimate;
    double lambda = 0;  ///< In [0, 1]; 0: labels only.
};

/// `human` and `judge` of the same n labelled items, `unlabelled` the N other judge scores. At
/// least two labels and one other.
PpiMean ppi_mean(std::span<const double> human, std::span<const double> judge,
                 std::span<const double> unlabelled, double z = z_95_two_sided);

}  // namespace plimsoll::analyse
