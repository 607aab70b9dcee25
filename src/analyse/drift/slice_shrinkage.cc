#include "analyse/drift/slice_shrinkage.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "analyse/stats/paule_mandel.h"

namespace plimsoll::analyse {

Shrinkage shrink(std::span<const SliceChange> siblings) {
    Shrinkage result;
    std::vector<double> changes, variances;
    for (const SliceChange& slice : siblings) {
        assert(slice.variance > 0);
        changes.push_back(slice.change);
        variances.push_back(slice.variance);
        result.slices.push_back({slice.change, slice.variance, 1});
    }
    if (siblings.size() < shrink_slices_min) {
        result.note = "fewer than 5 siblings: as measured";
        return result;
    }
    const RandomEffects siblings_all = paule_mandel(changes, variances);
    result.tau2 = siblings_all.tau2;
    result.mean = siblings_all.mean;
    const double mean_variance = siblings_all.standard_error * siblings_all.standard_error;
    for (ShrunkenChange& slice : result.slices) {
        const double kept = result.tau2 / (result.tau2 + slice.variance);
        slice = {kept * slice.change + (1 - kept) * result.mean,
                 kept * slice.variance + (1 - kept) * (1 - kept) * mean_variance, kept};
    }
    if (result.tau2 == 0) result.note = "no evidence that the siblings differ: all at their mean";
    return result;
}

double impact(const ShrunkenChange& loss_change, double share) {
    return share *
           std::max(0.0, loss_change.change - z_95_one_sided * std::sqrt(loss_change.variance));
}

}  // namespace plimsoll::analyse
