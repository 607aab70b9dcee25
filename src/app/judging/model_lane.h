/// model_lane.h: one model's server and one key to it: threads that ask, at the pace it allows.
///
///   add ─▶ waiting ─ RateLimiter ─▶ a thread posts ─┬─▶ take_replies
///             ▲                                     │
///             └── again, at its time ── may_retry ──┘
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "base/time.h"
#include "evaluate/judges/judgement.h"
#include "evaluate/spending/rate_limiter.h"

namespace plimsoll::app {

/// A claimed request.
struct Asking {
    std::uint64_t judgement = 0;  ///< Of the ledger.
    const evaluate::Judge* judge = nullptr;
    evaluate::JudgePrompt prompt;
    evaluate::ModelRequest request;
    double tokens = 0;  ///< Expected, of request and reply.
    double usd = 0;     ///< Reserved.
    UnixNanos claimed = 0;
    std::uint32_t attempts = 0;
};

struct LaneReply {
    Asking asking;
    evaluate::ModelResponse response;
    evaluate::Judgement judgement;
};

struct LaneOptions {
    evaluate::RateLimits limits;
    unsigned threads = 16;  ///< Requests that are out at once.
    std::chrono::milliseconds give_up_after{
        600'000};  ///< Since the claim; then what came last holds.
};

struct LaneCounts {
    std::uint64_t requests = 0, refused = 0;
    double requests_per_minute = 0;  ///< As the limiter has it now.
    UnixNanos paused_until = 0;
};

class ModelLane {
  public:
    /// `on_reply` is called by the lane's threads after each reply.
    ModelLane(evaluate::ModelApi& api, const LaneOptions& options, const Clock& clock,
              std::function<void()> on_reply);
    ~ModelLane() { stop(); }

    void add(std::vector<Asking> askings);
    std::vector<LaneReply> take_replies();
    /// How many more may be added: what is claimed and not sent could be lost to a crash.
    std::size_t room() const;
    LaneCounts counts() const;

    /// Returns when nothing is out any more, with what was not sent, or will not be sent again.
    std::vector<Asking> stop();

  private:
    void run();
    std::optional<Asking> next();
    void finish(Asking asking, evaluate::ModelResponse response);

    evaluate::ModelApi& api_;
    const LaneOptions options_;
    const Clock& clock_;
    const std::function<void()> on_reply_;

    mutable std::mutex mutex_;  ///< Guards what follows.
    std::condition_variable work_, pace_;
    evaluate::RateLimiter limiter_;
    std::deque<Asking> waiting_;
    std::multimap<UnixNanos, Asking> later_;  ///< Tried before; by when to try again.
    std::vector<LaneReply> replies_;
    std::size_t out_ = 0;
    LaneCounts counts_;
    bool pacing_ = false;  ///< One thread waits for the limiter; the others for it.
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace plimsoll::app
