/// sentinel_runs.h: what the judge ledger holds of one judge's sentinels, read back in order.
///
///   "sentinel 2026-02-01T00:00:00.000Z freeze 01" … "freeze 15" ──▶ verdicts by majority
///   "sentinel 2026-02-02T00:00:00.000Z", … ──▶ one run each ──▶ flips ──▶ quiet, alarm, void
///
/// The ledger is all the memory there is: a restart reads the same rows and stands where it stood.
/// docs/statistics/6-judge-drift.md
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analyse/calibration/sentinels.h"
#include "base/time.h"
#include "record/judge_ledger.h"

namespace plimsoll::analyse {

std::string freeze_occasion(UnixNanos time, std::size_t scoring);  ///< scoring from 1.
std::string run_occasion(UnixNanos time);
std::string bridge_occasion(UnixNanos time);

/// Whether nothing of it is due or in flight any more.
bool is_over(std::span<const record::KnownJudgement> judgements);

/// Up to `items` of what a judge scored: half of them failing ones, as far as there are so many,
/// those nearest to the boundary first, then by a number of their own. Order: that of choice.
std::vector<TraceId> choose_sentinels(std::span<const record::KnownJudgement> scored,
                                      std::size_t items);

enum class SentinelRun {
    quiet,
    fired,      ///< Too many verdicts differ from the frozen ones.
    new_model,  ///< The provider reports another model than at the freeze.
    is_void,    ///< An outage: a tenth or more had no score. Says nothing.
};

struct SentinelAnswer {
    SentinelRun run = SentinelRun::quiet;
    std::uint64_t scored = 0;
    SentinelWatch::Answer flips;
    std::string model;  ///< As reported in this run.
};

/// The watch over what stood behind the judge's name at one freeze.
class SentinelEpoch {
  public:
    /// `scorings`: all judgements of the freeze. Items that were not scored every time are left
    /// out; Undefined if fewer than half remain, or the judge contradicts itself too often.
    static Computed<SentinelEpoch> freeze(std::span<const record::KnownJudgement> scorings);

    /// The judgements of one run, once it is over.
    SentinelAnswer add_run(std::span<const record::KnownJudgement> run);

    std::vector<TraceId> items() const;
    const SentinelBaseline& baseline() const { return watch_.baseline(); }
    const std::string& model() const { return model_; }

  private:
    SentinelEpoch(std::map<TraceId, bool> fails, SentinelBaseline baseline, std::string model)
        : fails_(std::move(fails)), watch_(std::move(baseline)), model_(std::move(model)) {}

    std::map<TraceId, bool> fails_;  ///< Majority, by item.
    SentinelWatch watch_;
    std::string model_;
};

}  // namespace plimsoll::analyse
