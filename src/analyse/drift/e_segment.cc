#include "analyse/drift/e_segment.h"

#include <algorithm>
#include <cassert>

namespace plimsoll::analyse {

namespace {

double joined(EForm form, double carried, double fresh) {
    const double both =
        form == EForm::shiryaev_roberts ? carried + fresh : std::max(carried, fresh);
    return std::min(both, e_value_max);
}

}  // namespace

void ESegment::update(double excess) {
    ++items;
    for (std::size_t k = 0; k < e_bets_count; ++k) {
        const double growth = 1 + e_bets[k] * excess;
        factor[k] = std::min(factor[k] * growth, e_value_max);
        added[k] = joined(form, growth * added[k], growth);
    }
}

void ESegment::merge(const ESegment& later) {
    assert(form == later.form);
    items += later.items;
    for (std::size_t k = 0; k < e_bets_count; ++k) {
        added[k] = joined(form, later.factor[k] * added[k], later.added[k]);
        factor[k] = std::min(factor[k] * later.factor[k], e_value_max);
    }
}

void ESegment::apply(EBank& bank) const {
    for (std::size_t k = 0; k < e_bets_count; ++k) {
        bank.m[k] = joined(form, factor[k] * bank.m[k], added[k]);
    }
}

}  // namespace plimsoll::analyse
