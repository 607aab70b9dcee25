/// known_slices.h: how every single value of every attribute changed.
///
/// All values are tested at once, so p is adjusted (Benjamini-Hochberg); what is ranked by is the
/// change drawn toward its siblings, the other values of the same attribute. Changes are of the
/// loss: up is worse. Source: docs/statistics/5-slices.md.
#pragma once

#include "analyse/drift/slice_change.h"
#include "analyse/drift/slice_shrinkage.h"

namespace plimsoll::analyse {

struct KnownSlice {
    Predicate where;
    Computed<MeanChange> change;
    double share = 0;       ///< Of the weight after.
    double adjusted_p = 1;  ///< That nothing changed; 1 for slices that are too small to be tested.
    ShrunkenChange shrunken;
    double impact = 0;  ///< share * max(0, lower 90% bound of the shrunken change)
};

struct KnownSlices {
    std::vector<KnownSlice> slices;       ///< Largest impact first, then smallest p.
    std::vector<Shrinkage> by_attribute;  ///< tau^2, mean and note of each.
};

/// `sessions_min` and `clusters_min` in each period; a smaller slice has a change of Undefined.
KnownSlices known_slices(const SliceRows& rows, std::uint64_t sessions_min = 100,
                         std::uint64_t clusters_min = 20);

}  // namespace plimsoll::analyse
