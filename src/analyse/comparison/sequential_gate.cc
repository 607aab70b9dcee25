#include "analyse/comparison/sequential_gate.h"

#include <algorithm>
#include <array>
#include <vector>

namespace plimsoll::analyse {

namespace {

/// Capital of one gambler against E[x] <= bound (or, upside down, >= bound), x in [0, 1].
class Gambler {
  public:
    explicit Gambler(double bound) : bound_(bound) { capital_.fill(1. / bets.size()); }

    double take(double x) {
        double sum = 0;
        for (std::size_t k = 0; k < bets.size(); ++k) {
            capital_[k] *= 1 + bets[k] * (x - bound_) / bound_;
            sum += capital_[k];
        }
        return sum;
    }

  private:
    static constexpr std::array<double, 4> bets = {.64, .32, .16, .08};
    double bound_;
    std::array<double, bets.size()> capital_;
};

}  // namespace

SequentialVerdict in_sequence(std::span<const double> differences, double margin, double pass_alpha,
                              double fail_alpha) {
    Gambler tolerable((1 - margin) / 2), worse(.5);
    for (std::size_t i = 0; i < differences.size(); ++i) {
        const double d = differences[i];
        const bool passes = tolerable.take((1 + d) / 2) >= 1 / pass_alpha;
        const bool fails = worse.take((1 - d) / 2) >= 1 / fail_alpha;
        if (passes) return {GateOutcome::pass, i + 1};
        if (fails) return {GateOutcome::fail, i + 1};
    }
    return {GateOutcome::not_enough_evidence, differences.size()};
}

Computed<SequentialVerdict> in_sequence(const GateDimension& dimension,
                                        const GateOptions& options) {
    if (share_clusters(dimension.pairs)) return Undefined{"examples share clusters"};
    std::vector<double> differences;
    for (const GatePair& pair : dimension.pairs) {
        if (pair.weight != dimension.pairs.front().weight)
            return Undefined{"examples have weights"};
        differences.push_back(pair.candidate - pair.baseline);
    }
    return in_sequence(differences, dimension.margin, options.pass_alpha, options.fail_alpha);
}

}  // namespace plimsoll::analyse
