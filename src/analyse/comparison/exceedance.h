/// exceedance.h: which share of latencies, costs or tokens lies above the baseline's p95.
///
///   baseline's p95 ──▶ Exceedance ◀──add── values, clusters
///                          └─merge─▶ share with interval, change against the baseline's share
///
/// A tail becomes a proportion: all that compares, pages on and slices proportions works on it, and
/// the sums of hours and shards add. The baseline's own share is 0.05 but for rounding; its error
/// stands for that of the threshold, which was estimated too: compare with it, not with 0.05.
/// docs/statistics/9-refusals-latency-cost.md
#pragma once

#include <optional>
#include <string_view>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"
#include "analyse/stats/mean.h"
#include "analyse/stats/weighted_sums.h"

namespace plimsoll::analyse {

class Exceedance {
  public:
    /// The unit is that of the values.
    explicit Exceedance(double threshold) : threshold_(threshold) {}

    /// `cluster`: user, else session. `weight` = 1 / inclusion probability.
    void add(double value, std::string_view cluster, double weight = 1) {
        above_.add(weight, value > threshold_ ? 1 : 0, cluster);
    }
    /// Both must have the same threshold.
    void merge(const Exceedance& other);

    double threshold() const { return threshold_; }
    /// The indicators, for detectors of drift and for the design effect of quantiles.
    const ClusteredSums& sums() const { return above_; }
    /// The share above; nullopt if nothing was added.
    std::optional<Mean> share(std::optional<double> clusters = std::nullopt) const {
        return mean_of(above_.all.n, above_, Scores::any, clusters);
    }

  private:
    double threshold_;
    ClusteredSums above_;
};

/// Share of `after` - share of `before` by Newcombe's interval with effective counts. The
/// thresholds must be the same; Undefined if either is empty.
Computed<Estimate> exceedance_change(const Exceedance& before, const Exceedance& after);

}  // namespace plimsoll::analyse
