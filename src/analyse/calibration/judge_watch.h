/// judge_watch.h: notices that a judge has become another one, and brings it back through labels.
///
///   judged traffic ─▶ sentinels frozen ─▶ scored anew each day ─▶ an alarm, or another model told
///                          ▲                                        │ suspended, on the record
///                          └──────────── frozen anew ◀──────────────┤
///   what the judge said before, asked again ─▶ compared, on the record; flips asked of people
///   what it says since then, drawn evenly   ─▶ asked of people until the gate has decided
///
/// It only wants judgements and asks for labels: who judges and who labels is others' business, and
/// the gate (evaluator_trust.h) alone decides. What it knows stands in the judge ledger and the
/// trust log, so a restart loses nothing. docs/statistics/6-judge-drift.md,
/// docs/labels-and-trust.md
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "analyse/calibration/judge_comparison.h"
#include "analyse/calibration/sentinel_runs.h"
#include "analyse/calibration/trust_book.h"
#include "record/facts.h"
#include "record/judge_ledger.h"
#include "record/judging.h"
#include "record/labels.h"
#include "record/trust_log.h"

namespace plimsoll::analyse {

/// How one judge's sentinels stand, for a person.
struct WatchStatus {
    std::string judge;
    std::string state;  ///< "off", "waits", "freezing", "watches", "refused".
    std::string why;    ///< waits, refused: for what, or why.
    std::size_t items = 0;
    std::optional<double> flip_rate, flip_rate_upper;  ///< Of the judge against itself.
    std::optional<UnixNanos> frozen, last_run;
    std::optional<SentinelAnswer> last;
};

class JudgeWatch {
  public:
    /// All references must outlive it.
    JudgeWatch(record::JudgeLedger& ledger, record::Facts& facts, record::Labels& labels,
               record::TrustLog& log, TrustBook& book, const Clock& clock,
               std::vector<record::JudgeInDimensions> judges);

    /// Takes what the ledger learned and wants what is due. One thread; often: it costs little
    /// while nothing is due.
    Result<Done> step();

    /// Any thread.
    std::vector<WatchStatus> status() const;

  private:
    /// An alarm that is not dealt with yet.
    struct Change {
        UnixNanos run = 0, clean = 0;  ///< The run that fired; the last one that did not.
        UnixNanos since = 0;           ///< Of the event: what started earlier counts no more.
        std::optional<std::vector<JudgedTwice>> twice;  ///< Once the bridge is judged.
    };
    struct Watched {
        record::JudgeInDimensions judge;
        bool loaded = false;
        std::optional<SentinelEpoch> epoch;
        std::vector<TraceId> items;          ///< Of the freeze under way, or of the epoch.
        std::optional<UnixNanos> freezing;   ///< When it was begun.
        std::optional<UnixNanos> running;    ///< The run that is out.
        UnixNanos last = 0, last_clean = 0;  ///< Runs and freezes wanted; those without an alarm.
        UnixNanos refused_until = 0;
        std::optional<Change> change;
        UnixNanos asked = 0;  ///< When people were last asked.
        WatchStatus status;
    };
    using Judgements = std::vector<record::KnownJudgement>;
    using Place = record::JudgeInDimensions::Place;

    Result<Done> step(Watched& one, UnixNanos now);
    Result<Done> load(Watched& one, UnixNanos now);
    void take_freeze(Watched& one, const Judgements& scorings);
    void take_run(Watched& one, UnixNanos run, const Judgements& judgements);
    Result<Done> begin_freeze(Watched& one, UnixNanos slot);
    Result<Done> want(const Watched& one, const std::vector<TraceId>& items,
                      const std::vector<std::string>& occasions, UnixNanos now);
    Result<Done> suspend(Watched& one, UnixNanos now);
    Result<std::vector<TraceId>> bridge_items(const Watched& one);
    /// True once there is nothing more to wait for.
    Result<bool> read_bridge(Watched& one, UnixNanos now);
    Result<Done> compare(Watched& one, UnixNanos now);
    Result<bool> compare(Watched& one, const Place& place, UnixNanos now);
    Result<Done> relabel(Watched& one, UnixNanos now);

    record::JudgeLedger& ledger_;
    record::Facts& facts_;
    record::Labels& labels_;
    record::TrustLog& log_;
    TrustBook& book_;
    const Clock& clock_;
    std::vector<Watched> watched_;
    mutable std::mutex mutex_;
    std::vector<WatchStatus> status_;  ///< Guarded by mutex_.
};

}  // namespace plimsoll::analyse
