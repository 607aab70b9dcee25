#include "evaluators/logistic.h"

#include <cmath>
#include <numeric>

namespace plimsoll::bench {

namespace {

/// Solves a x = b by elimination; `a` is symmetric and positive definite, so no pivots are needed.
std::vector<double> solve(std::vector<std::vector<double>> a, std::vector<double> b) {
    const std::size_t n = b.size();
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t r = i + 1; r < n; ++r) {
            const double factor = a[r][i] / a[i][i];
            for (std::size_t c = i; c < n; ++c) a[r][c] -= factor * a[i][c];
            b[r] -= factor * b[i];
        }
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t c = i + 1; c < n; ++c) b[i] -= a[i][c] * b[c];
        b[i] /= a[i][i];
    }
    return b;
}

}  // namespace

double dot(const std::vector<double>& weights, const std::vector<double>& row) {
    return std::inner_product(weights.begin(), weights.end(), row.begin(), 0.0);
}

std::vector<double> fit_logistic(const std::vector<std::vector<double>>& rows,
                                 const std::vector<bool>& yes, double ridge) {
    const std::size_t n = rows.front().size();
    std::vector<double> weights(n, 0.0);
    for (int round = 0; round < 30; ++round) {
        std::vector<double> gradient(n);
        std::vector<std::vector<double>> hessian(n, std::vector<double>(n, 0.0));
        for (std::size_t j = 0; j < n; ++j) {
            const double penalty = j + 1 == n ? 1e-6 : ridge;
            gradient[j] = -penalty * weights[j];
            hessian[j][j] = penalty;
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const double p = 1 / (1 + std::exp(-dot(weights, rows[i])));
            for (std::size_t j = 0; j < n; ++j) {
                if (rows[i][j] == 0) continue;
                gradient[j] += (yes[i] - p) * rows[i][j];
                for (std::size_t k = 0; k < n; ++k) {
                    hessian[j][k] += p * (1 - p) * rows[i][j] * rows[i][k];
                }
            }
        }
        const std::vector<double> step = solve(std::move(hessian), std::move(gradient));
        double largest = 0;
        for (std::size_t j = 0; j < n; ++j) {
            weights[j] += step[j];
            largest = std::max(largest, std::abs(step[j]));
        }
        if (largest < 1e-9) break;
    }
    return weights;
}

}  // namespace plimsoll::bench
