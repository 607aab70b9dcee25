#include "analyse/calibration/matthews_multiclass.h"

#include <cmath>

namespace plimsoll::analyse {
namespace {

/// U = covariance of the two, A and B the variances of judge and people (summed over classes).
struct Moments {
    double u, a, b;
};

Moments moments_of(const ConfusionTable::Shares& shares) {
    Moments m{shares.same, 1, 1};
    for (std::size_t k = 0; k < shares.human.size(); ++k) {
        m.u -= shares.human[k] * shares.judge[k];
        m.a -= shares.judge[k] * shares.judge[k];
        m.b -= shares.human[k] * shares.human[k];
    }
    return m;
}

/// Counts are at most 1e9, so a share that differs from 1 does so by more than this.
constexpr double one_class = 1e-12;

}  // namespace

Computed<double> matthews(const ConfusionTable& table) {
    if (table.total() <= 0) return Undefined{"there are no labels"};
    const Moments m = moments_of(table.shares());
    if (m.a < one_class) return Undefined{"every judge verdict is the same"};
    if (m.b < one_class) return Undefined{"every human label is the same"};
    return m.u / std::sqrt(m.a * m.b);
}

ConfusionTable matthews_influence(const ConfusionTable& table) {
    const ConfusionTable::Shares shares = table.shares();
    const auto [u, a, b] = moments_of(shares);
    const double root = std::sqrt(a * b);
    ConfusionTable influence(table.classes());
    double mean = 0;
    for (std::size_t i = 0; i < table.classes(); ++i) {
        for (std::size_t j = 0; j < table.classes(); ++j) {
            influence.at(i, j) = ((i == j) - shares.judge[i] - shares.human[j]) / root +
                                 u / root * (shares.judge[j] / a + shares.human[i] / b);
            mean += table.at(i, j) * influence.at(i, j);
        }
    }
    mean /= table.total();
    for (std::size_t i = 0; i < table.classes(); ++i)
        for (std::size_t j = 0; j < table.classes(); ++j) influence.at(i, j) -= mean;
    return influence;
}

double matthews_variance(const ConfusionTable& table) {
    const ConfusionTable influence = matthews_influence(table);
    double squares = 0;
    for (std::size_t i = 0; i < table.classes(); ++i) {
        for (std::size_t j = 0; j < table.classes(); ++j) {
            squares += table.at(i, j) * influence.at(i, j) * influence.at(i, j);
        }
    }
    const double n = table.total();
    return squares / n / n;
}

Computed<FisherZ> matthews_fisher_z(const ConfusionTable& table) {
    const Computed<double> r = matthews(table);
    if (!r) return Undefined{r.why()};
    if (std::abs(*r) >= 1 - one_class) return FisherZ{*r > 0 ? 1. : -1., 0};
    return FisherZ{*r, std::sqrt(matthews_variance(table)) / (1 - *r * *r)};
}

}  // namespace plimsoll::analyse
