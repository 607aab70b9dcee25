/// krippendorff.h: how far several annotators agree, when not everyone labelled everything.
///
/// alpha = 1 - observed / expected disagreement; 1 is perfect, 0 chance. Below 0.667 the rubric is
/// not reproducible by people, so no judge can be measured against it. What a disagreement costs
/// depends on the scale: nominal 1, interval the squared distance, ordinal the squared number of
/// labels that lie between. Source: Krippendorff 2011, Computing Krippendorff's alpha-reliability.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

enum class AlphaScale { nominal, ordinal, interval };
std::string_view to_word(AlphaScale scale);

/// The labels that one item got, in any order; items with fewer than two say nothing.
using ItemLabels = std::vector<double>;

/// Undefined if no item has two labels, or all labels are the same.
Computed<double> krippendorff_alpha(std::span<const ItemLabels> items, AlphaScale scale);

/// The 95% interval of a bootstrap over items (bootstrap.h). The annotators are taken as they are.
Computed<Interval> krippendorff_interval(std::span<const ItemLabels> items, AlphaScale scale,
                                         std::uint64_t key);

}  // namespace plimsoll::analyse
