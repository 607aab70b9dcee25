/// tally.h: the mean of replicates with its Monte-Carlo error, and quantiles.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace plimsoll::bench {

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

}  // namespace plimsoll::bench
