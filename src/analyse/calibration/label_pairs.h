/// label_pairs.h: two people's labels of the same item, over all items and pairs of people, and how
/// far they agree.
///
/// Labels of one item are not independent, so the interval is a bootstrap over items. Works for a
/// judge against single people as well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

class LabelPairs {
  public:
    /// `classes`: 0 … classes-1 and Matthews' correlation; 0: graded, and Spearman's.
    explicit LabelPairs(std::size_t classes) : classes_(classes) {}

    /// Items come in ascending order 0, 1, 2 … without gaps.
    void add(std::size_t item, double first, double second, double weight);
    /// Both ways round, for two raters of equal standing.
    void add_both(std::size_t item, double first, double second, double weight) {
        add(item, first, second, weight);
        add(item, second, first, weight);
    }
    bool empty() const { return first_.empty(); }

    Computed<double> agreement() const;
    Computed<Interval> interval(std::uint64_t key) const;

  private:
    Computed<double> of(std::span<const double> weights) const;
    std::size_t classes_, items_ = 0;
    std::vector<std::size_t> item_;
    std::vector<double> first_, second_, weight_;
};

}  // namespace plimsoll::analyse
