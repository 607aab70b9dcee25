#include "interaction/unmapped_counts.h"

#include <algorithm>

namespace plimsoll::interaction {

void UnmappedCounts::add(const Interaction& interaction) {
    const bool any = std::ranges::any_of(interaction.steps,
                                         [](const Step& step) { return !step.unmapped.empty(); });
    if (!any) return;
    const std::lock_guard lock(mutex_);
    for (const Step& step : interaction.steps) {
        for (const std::string& name : step.unmapped) {
            std::pair key{name.substr(0, name_bytes_max), step.scope.substr(0, name_bytes_max)};
            if (spans_.size() >= names_max && !spans_.contains(key)) key = {"(others)", ""};
            ++spans_[std::move(key)];
        }
    }
}

std::vector<UnmappedCount> UnmappedCounts::most(std::size_t count) const {
    std::vector<UnmappedCount> all;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [key, spans] : spans_) all.push_back({key.first, key.second, spans});
    }
    std::ranges::stable_sort(all, std::greater{}, &UnmappedCount::spans);
    if (all.size() > count) all.resize(count);
    return all;
}

}  // namespace plimsoll::interaction
