/// logistic.h: weights that tell yes from no, fitted by Newton's method with a ridge.
#pragma once

#include <vector>

namespace plimsoll::bench {

/// `rows` of equal length whose last column is the constant 1, which the ridge leaves alone.
/// Maximises the sum of log-likelihoods minus ridge/2 · |weights|².
std::vector<double> fit_logistic(const std::vector<std::vector<double>>& rows,
                                 const std::vector<bool>& yes, double ridge);

double dot(const std::vector<double>& weights, const std::vector<double>& row);

}  // namespace plimsoll::bench
