/// coverage_tally.h: how an estimator did over the replicates of a cell: bias, error, coverage.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "analyse/stats/interval.h"
#include "statistics/scenario.h"

namespace plimsoll::bench {

class CoverageTally {
  public:
    explicit CoverageTally(double truth) : truth_(truth) {}

    void add(double value, const analyse::Interval& interval) {
        ++n_;
        const double error = value - truth_;
        sum_ += error;
        squares_ += error * error;
        fourth_ += error * error * error * error;
        covered_ += interval.contains(truth_);
        width_ += interval.width();
    }
    double bias() const { return sum_ / n_; }
    double bias_error() const { return std::sqrt((squares_ / n_ - bias() * bias()) / n_); }
    double root_mean_square() const { return std::sqrt(squares_ / n_); }
    /// Delta method on the mean of squares.
    double root_mean_square_error() const {
        const double mean = squares_ / n_;
        return std::sqrt((fourth_ / n_ - mean * mean) / n_) / (2 * std::sqrt(mean));
    }
    double coverage() const { return covered_ / n_; }
    double coverage_error() const { return std::sqrt(coverage() * (1 - coverage()) / n_); }
    double width() const { return width_ / n_; }

  private:
    double truth_, n_ = 0, sum_ = 0, squares_ = 0, fourth_ = 0, covered_ = 0, width_ = 0;
};

}  // namespace plimsoll::bench
