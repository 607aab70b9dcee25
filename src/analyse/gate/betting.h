/// betting.h: a gambler who grows rich only if a mean is above a bound.
///
/// Stakes follow what was seen so far, never what comes, so that under "the mean is at most m" the
/// wealth is a supermartingale: P(it ever reaches 1 / alpha) <= alpha, for any scores in [0, 1] and
/// any moment of stopping. Source: Waudby-Smith and Ramdas, Estimating means of bounded random
/// variables by betting; docs/statistics/10-gate.md.
#pragma once

#include <cmath>
#include <cstdint>

namespace plimsoll::analyse {

class Bettor {
  public:
    /// 0 < mean < 1. `alpha` tunes the stakes for the error one will ask about.
    Bettor(double mean, double alpha) : mean_(mean), log_odds_(-std::log(alpha)) {}

    /// `x` in [0, 1], in an order that does not depend on its value.
    void add(double x) {
        const double t = static_cast<double>(++n_);
        const double stake = std::sqrt(2 * log_odds_ / (t * std::log1p(t) * variance_));
        log_wealth_ += std::log1p(std::fmin(stake, 0.5 / mean_) * (x - mean_));
        sum_ += x;
        const double middle = sum_ / (t + 1);
        squares_ += (x - middle) * (x - middle);
        variance_ = squares_ / (t + 1);
    }
    double log_wealth() const { return log_wealth_; }
    /// Wealth has reached 1 / alpha.
    bool convinced() const { return log_wealth_ >= log_odds_; }

  private:
    double mean_, log_odds_;
    double log_wealth_ = 0, sum_ = 0.5, squares_ = 0.25, variance_ = 0.25;
    std::uint64_t n_ = 0;
};

}  // namespace plimsoll::analyse
