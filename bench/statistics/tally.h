/// tally.h: what the replicates of a cell came to, each figure with its Monte-Carlo error.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "analyse/stats/interval.h"

namespace plimsoll::bench {

/// One number a replicate: its mean and quantiles.
class Tally {
  public:
    void add(double value) { values_.push_back(value); }
    std::size_t count() const { return values_.size(); }
    double mean() const {
        double sum = 0;
        for (const double value : values_) sum += value;
        return values_.empty() ? 0 : sum / static_cast<double>(values_.size());
    }
    double error() const {
        if (values_.size() < 2) return 0;
        const double n = static_cast<double>(values_.size()), m = mean();
        double squares = 0;
        for (const double value : values_) squares += (value - m) * (value - m);
        return std::sqrt(squares / (n - 1) / n);
    }
    /// The smallest value with at least the share `q` at or below it; needs a value.
    double quantile(double q) const {
        std::vector<double> sorted = values_;
        std::ranges::sort(sorted);
        const double rank = std::ceil(q * static_cast<double>(sorted.size()));
        return sorted[static_cast<std::size_t>(std::max(1., rank)) - 1];
    }

  private:
    std::vector<double> values_;
};

/// An estimate with its interval a replicate: bias, error and coverage of the truth.
class CoverageTally {
  public:
    explicit CoverageTally(double truth) : truth_(truth) {}

    void add(double value, const analyse::Interval& interval) {
        error_.add(value - truth_);
        squares_.add((value - truth_) * (value - truth_));
        covered_.add(interval.contains(truth_));
        width_.add(interval.width());
    }
    const Tally& bias() const { return error_; }
    const Tally& coverage() const { return covered_; }
    const Tally& width() const { return width_; }
    double root_mean_square() const { return std::sqrt(squares_.mean()); }
    double root_mean_square_error() const {  // Delta method.
        return squares_.error() / (2 * root_mean_square());
    }

  private:
    double truth_;
    Tally error_, squares_, covered_, width_;
};

}  // namespace plimsoll::bench
