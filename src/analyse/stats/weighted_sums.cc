#include "analyse/stats/weighted_sums.h"

#include <algorithm>
#include <cassert>

namespace plimsoll::analyse {

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
