/// family.h: the tree of a trace's steps, whatever the trace holds: parents that never came, steps
/// that are their own parent, cycles, and chains a hundred thousand long (A07).
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "interaction/interaction.h"

namespace plimsoll::interaction {

inline constexpr std::uint32_t no_step = std::numeric_limits<std::uint32_t>::max();

struct Family {
    /// Every step once, outermost first. Steps without a parent here begin it; of a cycle, its
    /// first.
    std::vector<std::uint32_t> outermost_first;
    std::vector<std::uint32_t> parent;  ///< Per step; no_step for a beginning.
    std::vector<std::uint32_t> depth;   ///< Per step; 0 for a beginning.
};

/// In O(n log n), without recursion.
Family family_of(const std::vector<Step>& steps);

}  // namespace plimsoll::interaction
