#include "analyse/calibration/cohen_kappa.h"

#include <cmath>

namespace plimsoll::analyse {
namespace {

double weight_of(KappaWeights weights, std::size_t i, std::size_t j, std::size_t classes) {
    if (i == j) return 1;
    if (weights == KappaWeights::exact) return 0;
    const double d = std::abs(static_cast<double>(i) - static_cast<double>(j)) /
                     static_cast<double>(classes - 1);
    return weights == KappaWeights::linear ? 1 - d : 1 - d * d;
}

}  // namespace

Computed<Estimate> cohen_kappa(const ConfusionTable& table, KappaWeights weights) {
    const double n = table.total();
    if (n <= 0) return Undefined{"there are no labels"};
    const std::size_t k = table.classes();
    const auto [human, judge, same] = table.shares();
    std::vector<double> row(k), column(k);  // Mean weight of a row against the columns, and back.
    double observed = 0, expected = 0;
    for (std::size_t i = 0; i < k; ++i) {
        for (std::size_t j = 0; j < k; ++j) {
            const double w = weight_of(weights, i, j, k);
            row[i] += w * judge[j];
            column[j] += w * human[i];
            observed += w * table.at(i, j) / n;
            expected += w * human[i] * judge[j];
        }
    }
    if (1 - expected < 1e-12) return Undefined{"both sides gave one and the same class only"};
    const double kappa = (observed - expected) / (1 - expected);
    const double mean = kappa - expected * (1 - kappa);
    double spread = 0;
    for (std::size_t i = 0; i < k; ++i) {
        for (std::size_t j = 0; j < k; ++j) {
            const double pull = weight_of(weights, i, j, k) - (row[i] + column[j]) * (1 - kappa);
            spread += table.at(i, j) / n * (pull - mean) * (pull - mean);
        }
    }
    const double error = std::sqrt(spread / n) / (1 - expected);
    const double half = z_95_two_sided * error;
    return Estimate{kappa, error, clamped({kappa - half, kappa + half}, -1, 1)};
}

}  // namespace plimsoll::analyse
