#include "analyse/stats/weighted_sums.h"

#include <algorithm>
#include <cassert>

namespace plimsoll::analyse {

double WeightedSums::process_variance() const {
    const double m = mean();
    return std::max(0.0, w2y2 - 2 * m * w2y + m * m * w2) / (w * w);
}

double WeightedSums::design_variance() const {
    // sum (1 - pi) w^2 (y - m)^2 with pi = 1 / w.
    const double m = mean();
    const double certain = wy2 - 2 * m * wy + m * m * w;
    return std::max(0.0, w2y2 - 2 * m * w2y + m * m * w2 - certain) / (w * w);
}

double WeightedSums::score_variance() const {
    const double m = mean();
    return std::max(0.0, wy2 / w - m * m);
}

void ClusteredSums::merge(const ClusteredSums& other) {
    assert(buckets() == other.buckets());
    all.merge(other.all);
    for (std::size_t g = 0; g < buckets(); ++g) {
        bucket_w[g] += other.bucket_w[g];
        bucket_wy[g] += other.bucket_wy[g];
    }
}

std::size_t ClusteredSums::occupied() const {
    return static_cast<std::size_t>(
        std::count_if(bucket_w.begin(), bucket_w.end(), [](double w) { return w > 0; }));
}

}  // namespace plimsoll::analyse
