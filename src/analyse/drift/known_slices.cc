#include "analyse/drift/known_slices.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "analyse/drift/slice_index.h"
#include "analyse/stats/false_discovery.h"

namespace plimsoll::analyse {

namespace {

Computed<MeanChange> large_enough(Computed<MeanChange> change, std::uint64_t sessions_min,
                                  std::uint64_t clusters_min) {
    if (!change) return change;
    if (std::min(change->before.sessions, change->after.sessions) < sessions_min)
        return Undefined{"too few sessions"};
    if (std::min(change->before.clusters, change->after.clusters) < clusters_min)
        return Undefined{"too few users: one of them makes the slice"};
    return change;
}

}  // namespace

KnownSlices known_slices(const SliceRows& rows, std::uint64_t sessions_min,
                         std::uint64_t clusters_min) {
    std::vector<std::uint32_t> all(rows.size());
    std::iota(all.begin(), all.end(), 0u);
    const SliceIndex index(rows, std::move(all));
    ChangeMeasure measure(rows);
    measure.measure(rows.loss, index.all());
    const double all_after = measure.count(index.all()).second.weight;

    KnownSlices known;
    for (std::uint16_t a = 0; a < rows.attributes.size(); ++a) {
        std::vector<SliceChange> siblings;
        const std::size_t first = known.slices.size();
        for (std::size_t v = 1; v < rows.attributes[a].values.size(); ++v) {
            const Predicate where{a, static_cast<std::uint8_t>(v)};
            const auto change =
                large_enough(measure.change(index.rows_of({where})), sessions_min, clusters_min);
            known.slices.push_back({.where = where, .change = change});
            if (!change) continue;
            known.slices.back().share = change->after.weight / all_after;
            siblings.push_back({change->change, std::max(change->variance, 1e-12)});
        }
        known.by_attribute.push_back(shrink(siblings));
        auto shrunken = known.by_attribute.back().slices.begin();
        for (std::size_t i = first; i < known.slices.size(); ++i) {
            if (!known.slices[i].change) continue;
            known.slices[i].shrunken = *shrunken++;
            known.slices[i].impact = impact(known.slices[i].shrunken, known.slices[i].share);
        }
    }
    std::vector<double> p;
    for (const KnownSlice& slice : known.slices)
        if (slice.change) p.push_back(slice.change->p_two_sided());
    const std::vector<double> adjusted = benjamini_hochberg(p);
    auto next = adjusted.begin();
    for (KnownSlice& slice : known.slices)
        if (slice.change) slice.adjusted_p = *next++;
    std::ranges::stable_sort(known.slices, {}, [](const KnownSlice& slice) {
        return std::tuple(!slice.change, -slice.impact, slice.adjusted_p);
    });
    return known;
}

}  // namespace plimsoll::analyse
