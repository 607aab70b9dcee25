// B10: two dimensions overlap in a planted way. Is the right advice given?
//
// 100 failures are expected of the rarer dimension. Same failure: both miss 4% of one failure.
// Implied: 99% of A's failures are B's, and B has three times as many. Hard interactions: 8% are
// hard, where each fails with .6 by itself, else with .01; the strata know which are hard.
#include <functional>

#include "analyse/overlap/dimension_overlap.h"
#include "base/counter_random.h"
#include "statistics/scenarios.h"
#include "statistics/tally.h"

namespace plimsoll::bench {
namespace {

using namespace analyse;

using Draw = std::function<FailedBoth(CounterRandom&)>;

struct Truth {
    const char* name;
    std::size_t interactions;
    Advice right;
    Draw draw;
    bool target;  ///< Not for a shared cause, which a 95% interval caps at .95.
};

const std::vector<Truth>& truths() {
    static const std::vector<Truth> all = {
        {"the same failure", 2000, Advice::merge,
         [](CounterRandom& dice) {
             const bool fails = dice.uniform() < .052;
             return FailedBoth{.a_fails = fails && dice.uniform() < .96,
                               .b_fails = fails && dice.uniform() < .96};
         },
         true},
        {"implied", 2000, Advice::b_implied,
         [](CounterRandom& dice) {
             const bool a = dice.uniform() < .05;
             return FailedBoth{.a_fails = a, .b_fails = dice.uniform() < (a ? .99 : .105)};
         },
         true},
        {"hard interactions", 1800, Advice::shared_cause,
         [](CounterRandom& dice) {
             const bool hard = dice.uniform() < .08;
             const double p = hard ? .6 : .01;
             return FailedBoth{
                 .a_fails = dice.uniform() < p, .b_fails = dice.uniform() < p, .stratum = hard};
         },
         false},
        {"nothing", 2000, Advice::independent,
         [](CounterRandom& dice) {
             return FailedBoth{.a_fails = dice.uniform() < .05, .b_fails = dice.uniform() < .05};
         },
         true}};
    return all;
}

std::vector<Figure> run(Effort effort) {
    const int replicates = effort == Effort::full ? 2000 : 10;
    std::vector<Figure> figures;
    for (const Truth& truth : truths()) {
        Tally right, by_correlation;
        for (int r = 0; r < replicates; ++r) {
            CounterRandom dice(0xb10 + effort.seed, static_cast<std::uint64_t>(r));
            std::vector<FailedBoth> rows;
            for (std::size_t i = 0; i < truth.interactions; ++i) {
                rows.push_back(truth.draw(dice));
                rows.back().bucket = dice.below(64);
            }
            const DimensionOverlap overlap = dimension_overlap(rows);
            right.add(overlap.advice == truth.right);
            // "Merge if correlated above .7" knows two answers only.
            const bool merge = phi(overlap.pair) > .7;
            by_correlation.add(truth.right == Advice::merge         ? merge
                               : truth.right == Advice::independent ? !merge
                                                                    : 0);
        }
        figures.push_back({std::string("right advice, ") + truth.name, right.mean(), right.error(),
                           truth.target ? ">= .95" : "",
                           truth.target ? std::optional(right.mean() >= .95) : std::nullopt});
        figures.push_back(
            {"  correlation above .7", by_correlation.mean(), by_correlation.error(), "", {}});
    }
    return figures;
}

}  // namespace

const Scenario b10_overlap{
    "B10", "Two dimensions count one failure, imply, share a cause, or nothing", run};

}  // namespace plimsoll::bench
