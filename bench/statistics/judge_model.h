/// judge_model.h: a judge and people whose agreement is known, to be drawn from.
#pragma once

#include "analyse/calibration/confusion.h"
#include "base/counter_random.h"

namespace plimsoll::bench {

/// Both call the share `p` a failure, and agree with Matthews' correlation `mcc`.
class JudgeModel {
  public:
    explicit JudgeModel(double mcc, double p = 0.3) : p_(p) {
        given_fail_ = p + (1 - p) * mcc;
        given_pass_ = p - p * mcc;
    }
    bool human(CounterRandom& dice) const { return dice.uniform() < p_; }
    /// Whether the judge fails an answer that people fail, or pass.
    bool judge(bool human_fails, CounterRandom& dice) const {
        return dice.uniform() < (human_fails ? given_fail_ : given_pass_);
    }
    analyse::Confusion labels(int n, CounterRandom& dice) const {
        analyse::Confusion counts;
        for (int i = 0; i < n; ++i) {
            const bool fails = human(dice);
            counts.add(judge(fails, dice), fails);
        }
        return counts;
    }

  private:
    double p_, given_fail_, given_pass_;
};

}  // namespace plimsoll::bench
