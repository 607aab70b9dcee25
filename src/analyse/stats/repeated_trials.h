/// repeated_trials.h: how often a task succeeds every time, from several trials of each task.
///
///   pass^k = mean over tasks of C(c, k) / C(n, k)      c of n trials succeeded
///
/// The share of ways to draw k of a task's n trials in which all succeed: unbiased for the
/// probability that k new trials all succeed. pass^1 is the success rate; an agent whose pass^k
/// falls fast with k does not do the same thing twice. Tasks are the units: the interval draws
/// whole tasks. Tasks with fewer than k trials are left out, and counted. Source:
/// docs/statistics/11-repeated-trials.md; Yao et al. 2024.
#pragma once

#include <cstdint>
#include <span>

#include "analyse/stats/computed.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct TaskTrials {
    std::uint32_t trials = 0;
    std::uint32_t successes = 0;  ///< At most `trials` (asserted).
};

struct PassPower {
    double value = 0;
    Computed<Interval> interval = Undefined{"not computed"};  ///< 95%, BCa bootstrap of tasks.
    std::uint64_t tasks = 0;
    std::uint64_t left_out = 0;  ///< Fewer than k trials.
};

/// k >= 1 (asserted). Undefined if no task has k trials.
Computed<PassPower> pass_power(std::span<const TaskTrials> tasks, std::uint32_t k);

}  // namespace plimsoll::analyse
