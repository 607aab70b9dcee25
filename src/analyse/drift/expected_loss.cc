#include "analyse/drift/expected_loss.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace plimsoll::analyse {

double within_reason(double loss) {
    return std::clamp(loss, 0.001, 0.999);
}

namespace {

constexpr int sweeps_max = 30;
constexpr double settled = 1e-5;
constexpr double rows_of_doubt = 10;

double fitted(const SliceCells& cells, const ExpectedLoss& expected, std::size_t cell) {
    const double before = expected.before([&](std::size_t a) { return cells.codes[a][cell]; });
    return within_reason(before + (cell < cells.before ? 0 : expected.shift));
}

}  // namespace

ExpectedLoss fit_expected_loss(const SliceCells& cells) {
    assert(cells.before > 0 && cells.before < cells.size());
    ExpectedLoss fit;
    WeightedSums before;
    for (std::size_t i = 0; i < cells.before; ++i) before.merge(cells.sums[i]);
    fit.mean = before.mean();
    const double doubt = rows_of_doubt * before.w / static_cast<double>(before.n);

    std::vector<double> weight(cells.before), residual(cells.before);  // residual: sum w (y - b)
    for (std::size_t i = 0; i < cells.before; ++i) {
        weight[i] = cells.sums[i].w;
        residual[i] = cells.sums[i].wy - fit.mean * weight[i];
    }
    const std::size_t attributes = cells.codes.size();
    std::vector<std::vector<double>> weights(attributes);
    fit.effects.resize(attributes);
    for (std::size_t a = 0; a < attributes; ++a) {
        fit.effects[a].resize(cells.values[a]);
        weights[a].assign(cells.values[a], doubt);
        for (std::size_t i = 0; i < cells.before; ++i) weights[a][cells.codes[a][i]] += weight[i];
    }
    std::vector<double> step;
    double largest = 1;
    for (int sweep = 0; sweep < sweeps_max && largest > settled; ++sweep) {
        largest = 0;
        for (std::size_t a = 0; a < attributes; ++a) {
            const std::uint8_t* code = cells.codes[a].data();
            step.assign(cells.values[a], 0);
            for (std::size_t i = 0; i < cells.before; ++i) step[code[i]] += residual[i];
            for (std::size_t v = 0; v < step.size(); ++v) {
                // The effect itself is drawn to zero, not each step of it.
                const double old = fit.effects[a][v];
                step[v] = (step[v] - doubt * old) / weights[a][v];
                fit.effects[a][v] += step[v];
                largest = std::max(largest, std::abs(step[v]));
            }
            for (std::size_t i = 0; i < cells.before; ++i) residual[i] -= weight[i] * step[code[i]];
        }
    }
    double w = 0, excess = 0;
    for (std::size_t i = cells.before; i < cells.size(); ++i) {
        w += cells.sums[i].w;
        excess += cells.sums[i].wy - cells.sums[i].w * fitted(cells, fit, i);
    }
    fit.shift = excess / w;
    double seen = 0, binary = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const WeightedSums& s = cells.sums[i];
        const double b = fitted(cells, fit, i);
        seen += s.w2y2 - 2 * b * s.w2y + b * b * s.w2;
        binary += s.w2 * b * (1 - b);
    }
    fit.dispersion = std::max(seen / binary, 1e-9);
    return fit;
}

std::vector<CellResidual> residuals_of(const SliceCells& cells, const ExpectedLoss& expected) {
    std::vector<CellResidual> residuals(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const WeightedSums& s = cells.sums[i];
        const double b = fitted(cells, expected, i);
        residuals[i] = {static_cast<float>(s.wy - s.w * b),
                        static_cast<float>(expected.dispersion * s.w2 * b * (1 - b)),
                        static_cast<float>(s.n)};
    }
    return residuals;
}

}  // namespace plimsoll::analyse
