#include "analyse/drift/slice_index.h"

#include <algorithm>

namespace plimsoll::analyse {

SliceIndex::SliceIndex(const SliceRows& rows, std::vector<std::uint32_t> indexed)
    : rows_(rows), all_(std::move(indexed)), attributes_(rows.attributes.size()) {
    for (std::size_t a = 0; a < attributes_.size(); ++a) {  // A counting sort by value.
        const SliceAttribute& attribute = rows.attributes[a];
        std::vector<std::uint32_t>& starts = attributes_[a].starts;
        starts.assign(attribute.values.size() + 1, 0);
        for (const std::uint32_t row : all_) ++starts[attribute.codes[row] + 1u];
        for (std::size_t v = 1; v < starts.size(); ++v) starts[v] += starts[v - 1];
        attributes_[a].rows.resize(all_.size());
        std::vector<std::uint32_t> at(starts.begin(), starts.end() - 1);
        for (const std::uint32_t row : all_) attributes_[a].rows[at[attribute.codes[row]]++] = row;
    }
}

std::span<const std::uint32_t> SliceIndex::rows_with(Predicate predicate) const {
    const ByValue& by_value = attributes_[predicate.attribute];
    const std::uint32_t first = by_value.starts[predicate.code];
    return std::span(by_value.rows).subspan(first, by_value.starts[predicate.code + 1u] - first);
}

std::vector<std::uint32_t> SliceIndex::rows_of(const Conjunction& conjunction) const {
    if (conjunction.empty()) return all_;
    const auto fewest = std::ranges::min_element(
        conjunction, {}, [&](const Predicate& p) { return rows_with(p).size(); });
    std::vector<std::uint32_t> inside;
    for (const std::uint32_t row : rows_with(*fewest)) {
        if (std::ranges::all_of(conjunction, [&](const Predicate& p) {
                return rows_.attributes[p.attribute].codes[row] == p.code;
            }))
            inside.push_back(row);
    }
    return inside;
}

}  // namespace plimsoll::analyse
