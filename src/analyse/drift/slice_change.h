/// slice_change.h: how much a mean changed inside a slice, with the variance that sessions of one
/// user make.
///
/// The influence of each cluster on the statistic is added up over both periods and over slice and
/// rest, so a user who appears in several of them is counted once. Var = G/(G-1) sum u_g^2,
/// Student's t with G - 1 degrees, G the clusters of the smaller period. Source:
/// docs/statistics/5-slices.md.
#pragma once

#include <span>

#include "analyse/drift/slice_rows.h"
#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct PeriodCounts {
    std::uint64_t interactions = 0, sessions = 0, clusters = 0;
    double weight = 0;
    double mean = 0;  ///< Of the measured value.
};

struct MeanChange {
    PeriodCounts before, after;
    double change = 0;    ///< After minus before.
    double variance = 0;  ///< Of the change.
    double degrees = 0;

    Interval interval(double confidence = 0.95) const;
    double p_two_sided() const;  ///< That nothing changed.
    double p_rise() const;       ///< One-sided: that it did not rise.
};

/// Measures one value a row over slices of the same set of rows. Not for several threads at once:
/// it keeps room for sums by cluster.
class ChangeMeasure {
  public:
    explicit ChangeMeasure(const SliceRows& rows);

    /// From here on `value` (by row) is measured, and "the rest" is taken from these rows. Keeps a
    /// reference to the values.
    void measure(std::span<const double> value, std::span<const std::uint32_t> everything);

    /// Undefined if either period has fewer than two clusters. A mean of exactly 0 or 1 has no
    /// variance of its own and gets that of Wilson's interval with its count of clusters.
    Computed<MeanChange> change(std::span<const std::uint32_t> slice);
    /// The change in the slice minus that in the rest of everything. Counts are the slice's.
    Computed<MeanChange> change_beyond_rest(std::span<const std::uint32_t> slice);
    /// Only the counts, which is quicker.
    std::pair<PeriodCounts, PeriodCounts> count(std::span<const std::uint32_t> slice);

  private:
    struct Sums {
        double w[2] = {0, 0}, wy[2] = {0, 0};
    };
    void add_up(std::span<const std::uint32_t> slice, MeanChange& result);
    const SliceRows& rows_;
    std::span<const double> value_;
    std::vector<Sums> everything_, slice_;  ///< By cluster.
    std::vector<std::uint32_t> clusters_;   ///< Of everything.
    Sums all_;
    std::vector<std::uint32_t> touched_;  ///< Clusters of the slice.
    std::vector<std::uint32_t> seen_[2];  ///< By session: the last slice counted, by period.
    std::uint32_t turn_ = 0;
};

}  // namespace plimsoll::analyse
