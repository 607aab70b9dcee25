/// matthews_change.h: did the agreement of a judge with people change?
///
/// On the same items the two agreements share most of their noise: the influence of each item on
/// the new one minus that on the old one has a variance several times smaller than on fresh items,
/// and a drop of 0.05 is still a question for 1000 labels. On fresh items "fell by more than 0.05"
/// alone is true of a third of all weeks in which nothing changed. docs/statistics/6-judge-drift.md
#pragma once

#include <cstddef>
#include <vector>

#include "analyse/calibration/confusion.h"
#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

/// Items by (human class, old verdict, new verdict), K classes.
class PairedVerdicts {
  public:
    explicit PairedVerdicts(std::size_t classes)
        : classes_(classes), counts_(classes * classes * classes) {}
    void add(std::size_t human, std::size_t old_judge, std::size_t new_judge, double weight = 1) {
        counts_[(human * classes_ + old_judge) * classes_ + new_judge] += weight;
    }
    double at(std::size_t human, std::size_t old_judge, std::size_t new_judge) const {
        return counts_[(human * classes_ + old_judge) * classes_ + new_judge];
    }
    std::size_t classes() const { return classes_; }

  private:
    std::size_t classes_;
    std::vector<double> counts_;
};

struct MatthewsChange {
    double before = 0, after = 0;
    Estimate change;    ///< after - before, with its 95% interval.
    double p_fell = 1;  ///< One-sided: small if it fell.
};

/// Undefined if either judge's agreement is.
Computed<MatthewsChange> matthews_change(const PairedVerdicts& verdicts);

/// A drop that matters, where the threshold of "drop > 0.05" stood.
inline constexpr double drop_that_matters = 0.05;
inline constexpr double drop_is_sure_at = 0.90;

/// On fresh items: how sure one is that agreement fell by more than `drop`; half a label is added
/// to each cell. An alert asks for drop_is_sure_at.
double probability_of_drop(const Confusion& before, const Confusion& now,
                           double drop = drop_that_matters);

}  // namespace plimsoll::analyse
