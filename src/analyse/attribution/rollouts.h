/// rollouts.h: what did each version element do, where old and new ran side by side?
///
///   cells (day, slice, which elements are new, hash bucket): n, sum of scores
///        └──▶ score = day + slice + sum of the effects of what is new, least squares weighted by n
///
/// Day effects take up what happened to all traffic of a day, so only what ran beside its
/// predecessor on some day and slice is compared. What was always switched together cannot be told
/// apart by any amount of traffic: those elements come back as one set, with their joint effect.
/// The sums add; the refits that leave one bucket out read sums only.
/// docs/statistics/7-attribution.md
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"
#include "analyse/stats/weighted_sums.h"

namespace plimsoll::analyse {

/// Elements that the rollout separates from all others; one, if it separates that too.
struct RolloutEffect {
    std::vector<std::string> elements;
    /// Of all of them new against all of them old. Undefined if nothing ran side by side.
    Computed<Estimate> effect = Undefined{"not computed"};
    double exposure = 0;  ///< Share of traffic with them new, after minus before; of the first one.

    /// What they did to the change: effect times exposure.
    Estimate contribution() const;
};

class RolloutSums {
  public:
    RolloutSums(std::size_t days, std::size_t slices, std::vector<std::string> elements,
                std::size_t buckets = series_buckets);

    /// `n` scores (or sessions) that sum up to `sum`. Bit e of `is_new` says that element e is.
    void add(std::size_t day, std::size_t slice, std::uint32_t is_new, double n, double sum,
             std::size_t bucket);
    void merge(const RolloutSums& other);

    /// The sets in the order of their first elements. "Before" are the days below `before_to`,
    /// "after" those from `after_from` on; they matter for the exposure only.
    /// Intervals by Student's t, with as many degrees as buckets - 1.
    std::vector<RolloutEffect> fit(std::size_t before_to, std::size_t after_from) const;

  private:
    /// The normal equations of one bucket: X'WX and X'Wy, row by row.
    struct Normal {
        std::vector<double> xx, xy;
        void merge(const Normal& other);
    };
    struct Solved;
    Solved solve(const Normal& sums) const;

    std::size_t days_, slices_, columns_;
    std::vector<std::string> elements_;
    std::vector<Normal> buckets_;
    std::vector<double> day_n_, day_new_;  ///< By day; by day and element.
};

}  // namespace plimsoll::analyse
