#include "analyse/drift/also_affected.h"

#include <cassert>

#include "analyse/stats/false_discovery.h"

namespace plimsoll::analyse {

std::vector<bool> also_affected(std::span<const double> detectors, double patience) {
    assert(patience >= 1);
    return e_bh(detectors, 1 / patience);  // M_(k) >= K A / k is k M_(k) / K >= A.
}

double slice_threshold(double patience, std::size_t slices, double share) {
    assert(share > 0 && share <= 1);
    return patience * static_cast<double>(slices) * share;
}

}  // namespace plimsoll::analyse
