/// sentinels.h: has the judge become another one? Frozen items that it scores anew each day.
///
///   freeze: 15 scorings an item ─▶ majority verdict, and how often the judge flips by itself (r0)
///   daily:  1 scoring an item  ──▶ flips against the majority ─┬─ too many for one run: alarm
///                                                              └─ a bit many for long:   alarm
///
/// No label is needed, and it is the only defence against an alias that was silently pointed at
/// another model. Of 200 items with r0 = 2%, one run notices 8% flips with probability .88.
/// docs/statistics/6-judge-drift.md
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "analyse/drift/e_bank.h"
#include "analyse/stats/computed.h"

namespace plimsoll::analyse {

struct SentinelRules {
    double alpha_run = 0.001;           ///< One false start in 1000 daily runs.
    double r0_max = 0.10;               ///< A judge that flips more by itself cannot be watched.
    double tolerance = 0.01;            ///< Above r0, of the slow detector.
    double runs_to_false_alarm = 1000;  ///< Of the slow detector: at least so many, expected.
};

/// The verdict of each item by majority, and the flip rate of the judge against itself.
struct SentinelBaseline {
    std::vector<bool> fails;  ///< By item.
    double flip_rate = 0;
    double flip_rate_upper = 0;  ///< One-sided 95%, items as clusters; r0 of the slow detector.
    double scorings = 0;         ///< So many independent ones the frozen scorings are worth.
};

/// `scorings[item]` are the verdicts (fails: true) of one item, an odd number of at least 3. Each
/// is held against the majority of the others (a tie counts half): against a majority that it is
/// part of it would flip too rarely. Undefined if r0 exceeds its maximum, or there are no items.
Computed<SentinelBaseline> freeze_sentinels(std::span<const std::vector<bool>> scorings,
                                            const SentinelRules& rules = {});

/// The fewest flips of `items` with P(Bin(items, rate) >= flips) <= alpha; items + 1 if none is.
std::uint64_t flips_that_alarm(std::uint64_t items, double rate, double alpha);

/// The same where the rate is only known from the frozen scorings: P over the beta-binomial that
/// Jeffreys' prior and those scorings predict for a run. Binomial with the upper bound for a rate
/// would be certain of a rate that is seldom so high (bench/statistics, B8).
std::uint64_t flips_that_alarm(std::uint64_t items, const SentinelBaseline& baseline, double alpha);

/// The watch over one judge version. A value: copies, goes to disk. A run with an outage is not
/// added at all: what was not scored did not flip.
class SentinelWatch {
  public:
    explicit SentinelWatch(SentinelBaseline baseline, const SentinelRules& rules = {})
        : baseline_(std::move(baseline)), rules_(rules) {}

    struct Answer {
        std::uint64_t flips = 0;
        std::uint64_t alarm_at = 0;  ///< Flips of this run that would have been an alarm.
        bool sudden = false;         ///< This run alone.
        bool slow = false;           ///< The flips since the start, or since the last alarm.
        bool fired() const { return sudden || slow; }
    };
    /// Whether each item flipped, in an order that does not depend on the verdicts and is drawn
    /// anew for each run (by permanent_random of the item and the day).
    Answer add_run(std::span<const bool> flipped);

    const SentinelBaseline& baseline() const { return baseline_; }
    double evidence() const { return slow_.value(); }

  private:
    SentinelBaseline baseline_;
    SentinelRules rules_;
    EBank slow_;
};

}  // namespace plimsoll::analyse
