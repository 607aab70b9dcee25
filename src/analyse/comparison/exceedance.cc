#include "analyse/comparison/exceedance.h"

#include <cassert>
#include <cmath>

#include "analyse/comparison/proportions.h"

namespace plimsoll::analyse {

void Exceedance::merge(const Exceedance& other) {
    assert(threshold_ == other.threshold_);
    above_.merge(other.above_);
}

Computed<Estimate> exceedance_change(const Exceedance& before, const Exceedance& after) {
    assert(before.threshold() == after.threshold());
    const auto was = before.share(), is = after.share();
    if (!was || !is) return Undefined{"no values in one of the periods"};
    const auto share = [](const Mean& mean) {
        return Share{mean.value * mean.effective_count, mean.effective_count};
    };
    const auto variance = [](const Mean& mean) {
        return mean.value * (1 - mean.value) / mean.effective_count;
    };
    return Estimate{is->value - was->value, std::sqrt(variance(*was) + variance(*is)),
                    newcombe(share(*is), share(*was))};
}

}  // namespace plimsoll::analyse
