/// bridge.h: how far a new judge shifts the mean score, from sessions that both judges scored.
///
/// It tells a shift of the judge from one of behavior, for all that follows (attribution). With
/// flips at rate r the half width is 1.96 sqrt(r / n), so 577 sessions give +-.02 at 6% flips.
/// docs/statistics/6-judge-drift.md
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"
#include "analyse/stats/weighted_sums.h"

namespace plimsoll::analyse {

struct BridgeShift {
    Estimate shift;        ///< Mean of new - old score, in [-1, 1], 95%.
    double flip_rate = 0;  ///< Share of scores that differ by half or more.
    std::uint64_t scored = 0;
};

/// Sums over interactions that both judges scored; merges in any grouping that sums do.
class Bridge {
  public:
    /// `weight` = 1 / inclusion probability; scores in [0, 1]; `cluster`: user, else session.
    void add(double old_score, double new_score, std::string_view cluster, double weight = 1);
    void merge(const Bridge& other);
    /// Undefined below 40 clusters.
    Computed<BridgeShift> shift(std::optional<double> clusters = std::nullopt) const;

  private:
    ClusteredSums difference_;  ///< Of scores, new - old.
    WeightedSums flips_;
};

/// Sessions that both must score for a 95% half width, at an expected flip rate.
std::uint64_t bridge_sessions(double flip_rate, double half_width);

}  // namespace plimsoll::analyse
