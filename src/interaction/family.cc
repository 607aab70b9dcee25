#include "interaction/family.h"

#include <algorithm>

namespace plimsoll::interaction {

Family family_of(const std::vector<Step>& steps) {
    const auto count = static_cast<std::uint32_t>(steps.size());
    // Sorted rather than hashed: ids come from senders, who may choose them to collide.
    std::vector<std::pair<SpanId, std::uint32_t>> by_id(count);
    for (std::uint32_t i = 0; i < count; ++i) by_id[i] = {steps[i].id, i};
    std::sort(by_id.begin(), by_id.end());

    Family family;
    family.parent.assign(count, no_step);
    family.depth.assign(count, 0);
    family.outermost_first.reserve(count);
    std::vector<std::uint32_t> child_count(count + 1, 0);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (steps[i].parent.is_zero() || steps[i].parent == steps[i].id) continue;
        const auto found = std::lower_bound(by_id.begin(), by_id.end(),
                                            std::pair(steps[i].parent, std::uint32_t{0}));
        if (found == by_id.end() || found->first != steps[i].parent) continue;
        family.parent[i] = found->second;
        ++child_count[found->second + 1];
    }
    for (std::uint32_t i = 0; i < count; ++i) child_count[i + 1] += child_count[i];
    std::vector<std::uint32_t> children(child_count[count]);
    std::vector<std::uint32_t> next(child_count.begin(), child_count.end() - 1);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (family.parent[i] != no_step) children[next[family.parent[i]]++] = i;
    }

    std::vector<bool> reached(count, false);
    std::size_t done = 0;
    const auto spread = [&] {
        for (; done < family.outermost_first.size(); ++done) {
            const std::uint32_t at = family.outermost_first[done];
            for (std::uint32_t c = child_count[at]; c < child_count[at + 1]; ++c) {
                const std::uint32_t child = children[c];
                if (reached[child]) continue;
                reached[child] = true;
                family.depth[child] = family.depth[at] + 1;
                family.outermost_first.push_back(child);
            }
        }
    };
    for (std::uint32_t i = 0; i < count; ++i) {
        if (family.parent[i] != no_step) continue;
        reached[i] = true;
        family.outermost_first.push_back(i);
    }
    spread();
    for (std::uint32_t i = 0; i < count; ++i) {
        if (reached[i]) continue;
        family.parent[i] = no_step;
        reached[i] = true;
        family.outermost_first.push_back(i);
        spread();
    }
    return family;
}

}  // namespace plimsoll::interaction
