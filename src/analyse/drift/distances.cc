#include "analyse/drift/distances.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

double kolmogorov_distance(std::span<const double> p, std::span<const double> q) {
    assert(p.size() == q.size());
    double sum = 0, largest = 0;
    for (std::size_t i = 0; i + 1 < p.size(); ++i) {  // Both end at 1.
        sum += q[i] - p[i];
        largest = std::max(largest, std::abs(sum));
    }
    return std::min(largest, 1.0);
}

double kolmogorov_p(double distance, double n) {
    assert(n > 0);
    return kolmogorov_survival((std::sqrt(n) + .12 + .11 / std::sqrt(n)) * distance);
}

double wasserstein_distance(std::span<const double> p, std::span<const double> q,
                            double bin_width) {
    assert(p.size() == q.size());
    double sum = 0, way = 0;
    for (std::size_t i = 0; i + 1 < p.size(); ++i) {
        sum += q[i] - p[i];
        way += std::abs(sum) * bin_width;
    }
    return way;
}

double population_stability_index(std::span<const double> p, std::span<const double> q) {
    assert(p.size() == q.size());
    double index = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (p[i] != q[i]) index += (q[i] - p[i]) * std::log(q[i] / p[i]);
    }
    return index;
}

double jensen_shannon_divergence(std::span<const double> p, std::span<const double> q) {
    assert(p.size() == q.size());
    double divergence = 0;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const double middle = (p[i] + q[i]) / 2;
        if (p[i] > 0) divergence += p[i] * std::log(p[i] / middle) / 2;
        if (q[i] > 0) divergence += q[i] * std::log(q[i] / middle) / 2;
    }
    return std::max(divergence, 0.0);
}

}  // namespace plimsoll::analyse
