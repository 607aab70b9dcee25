/// judge_runner.h: the thread that brings due judgements to their models, and what these said to
/// the ledger.
///
///   due ─▶ money? ─▶ read, render ─▶ claim (fsync) ─▶ lane … reply ─▶ settle (fsync)
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/judging/interaction_source.h"
#include "app/judging/model_lane.h"
#include "evaluate/spending/money_budget.h"
#include "record/judge_ledger.h"

namespace plimsoll::app {

/// A judge, and over which lane it asks.
struct JudgeAtWork {
    evaluate::Judge judge;
    std::size_t lane = 0;
};

struct LaneAtWork {
    evaluate::ModelApi* api = nullptr;
    LaneOptions options;
};

struct RunnerOptions {
    std::optional<double> usd_per_day;  ///< Of all judges together.
    /// What could not be asked so long after its interaction arrived is left out.
    std::chrono::hours too_late_after{24};
};

class JudgeRunner {
  public:
    /// Everything passed by reference must outlive it. Reconciles the ledger first; the Error says
    /// what the ledger could not do.
    static Result<std::unique_ptr<JudgeRunner>> start(record::JudgeLedger& ledger,
                                                      InteractionSource& interactions,
                                                      const Clock& clock,
                                                      std::vector<JudgeAtWork> judges,
                                                      const std::vector<LaneAtWork>& lanes,
                                                      const RunnerOptions& options = {});
    ~JudgeRunner() { stop(); }

    /// Waits for what is out, gives back what was not sent, settles. May be called twice.
    void stop();

    /// There is something due: need not be called, but then it takes up to a quarter of a second.
    void wake();

    record::Reconciled reconciled() const { return reconciled_; }
    std::vector<LaneCounts> lanes() const;
    /// Why judges of this name wait now: "" or the word of a MayAsk.
    std::string waits(const std::string& judge) const;

  private:
    JudgeRunner(record::JudgeLedger& ledger, InteractionSource& interactions, const Clock& clock,
                std::vector<JudgeAtWork> judges, const RunnerOptions& options);

    void run();
    bool settle_replies();
    bool ask_more(std::size_t judge);
    void leave_out_late();
    record::Settlement settlement_of(const LaneReply& asked) const;

    record::JudgeLedger& ledger_;
    InteractionSource& interactions_;
    const Clock& clock_;
    const std::vector<JudgeAtWork> judges_;
    std::vector<std::string> definitions_;  ///< Hash, by judge.
    const RunnerOptions options_;
    evaluate::MoneyBudget budget_;
    record::Reconciled reconciled_;
    std::vector<std::unique_ptr<ModelLane>> lanes_;
    std::vector<LaneReply> unsettled_;          ///< Replies that the disk has not taken yet.
    std::vector<UnixNanos> money_pause_until_;  ///< By judge: money comes slowly.
    UnixNanos swept_ = 0;
    UnixNanos disk_pause_until_ = 0;  ///< After an Error of the ledger.

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    bool woken_ = false, stopping_ = false;
    std::map<std::string, evaluate::MayAsk> waits_;
    std::thread thread_;
};

}  // namespace plimsoll::app
