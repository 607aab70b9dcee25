#include "app/judging/model_lane.h"

#include <algorithm>
#include <string>

#include "base/permanent_random.h"

namespace plimsoll::app {

namespace {

using evaluate::ModelResponse;

constexpr UnixNanos millisecond = 1'000'000;

bool says_slower(const ModelResponse& response) {
    return response.outcome == ModelResponse::Outcome::answered &&
           (response.status == 429 || response.status == 503 || response.status == 529);
}

/// A second, two, four, … a minute; up to half more, so that not all come back at once.
UnixNanos pause_before(const Asking& asking, const evaluate::Judgement& judgement) {
    const UnixNanos doubled = nanos_per_second << std::min(asking.attempts - 1, 6u);
    UnixNanos pause = std::min(doubled, 60 * nanos_per_second);
    if (judgement.retry_after) pause = UnixNanos{judgement.retry_after->count()} * millisecond;
    const double u = permanent_random(
        "retry", std::to_string(asking.judgement) + "/" + std::to_string(asking.attempts));
    return pause + static_cast<UnixNanos>(u / 2 * static_cast<double>(pause));
}

}  // namespace

ModelLane::ModelLane(evaluate::ModelApi& api, const LaneOptions& options, const Clock& clock,
                     std::function<void()> on_reply)
    : api_(api),
      options_(options),
      clock_(clock),
      on_reply_(std::move(on_reply)),
      limiter_(options.limits) {
    for (unsigned i = 0; i < options.threads; ++i) threads_.emplace_back([this] { run(); });
}

void ModelLane::add(std::vector<Asking> askings) {
    {
        const std::scoped_lock lock(mutex_);
        std::ranges::move(askings, std::back_inserter(waiting_));
    }
    work_.notify_one();
}

std::vector<LaneReply> ModelLane::take_replies() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(replies_, {});
}

std::size_t ModelLane::room() const {
    const std::scoped_lock lock(mutex_);
    const auto tenth = static_cast<std::size_t>(limiter_.requests_per_minute() / 600);
    const std::size_t held = waiting_.size() + later_.size() + out_;
    const std::size_t most = options_.threads + std::min<std::size_t>(tenth, 1'000) + 1;
    return held < most ? most - held : 0;
}

LaneCounts ModelLane::counts() const {
    const std::scoped_lock lock(mutex_);
    LaneCounts counts = counts_;
    counts.requests_per_minute = limiter_.requests_per_minute();
    counts.paused_until = limiter_.paused_until();
    return counts;
}

std::vector<Asking> ModelLane::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    work_.notify_all();
    pace_.notify_all();
    for (std::thread& thread : threads_)
        if (thread.joinable()) thread.join();
    std::vector<Asking> unsent;
    std::ranges::move(std::exchange(waiting_, {}), std::back_inserter(unsent));
    for (auto& [time, asking] : std::exchange(later_, {})) unsent.push_back(std::move(asking));
    return unsent;
}

void ModelLane::run() {
    while (auto asking = next()) {
        ++asking->attempts;
        auto response = api_.post(asking->request, asking->judge->deadline);
        finish(std::move(*asking), std::move(response));
    }
}

std::optional<Asking> ModelLane::next() {
    std::unique_lock lock(mutex_);
    work_.wait(lock,
               [&] { return stopping_ || (!pacing_ && !(waiting_.empty() && later_.empty())); });
    if (stopping_) return std::nullopt;
    pacing_ = true;
    for (;;) {
        const UnixNanos now = clock_.now();
        const bool again = !later_.empty() && later_.begin()->first <= now;
        UnixNanos at = limiter_.open_at(now);
        if (!again && waiting_.empty() && !later_.empty()) at = std::max(at, later_.begin()->first);
        if (stopping_ || (at <= now && (again || !waiting_.empty()))) break;
        if (waiting_.empty() && later_.empty()) break;
        pace_.wait_for(lock, std::chrono::nanoseconds(std::max(at - now, millisecond / 10)));
    }
    pacing_ = false;
    std::optional<Asking> chosen;
    if (!stopping_) {
        const UnixNanos now = clock_.now();
        if (!later_.empty() && later_.begin()->first <= now) {
            chosen = std::move(later_.begin()->second);
            later_.erase(later_.begin());
        } else if (!waiting_.empty()) {
            chosen = std::move(waiting_.front());
            waiting_.pop_front();
        }
        if (chosen) {
            limiter_.leave(chosen->tokens, now);
            ++counts_.requests;
            ++out_;
        }
    }
    lock.unlock();
    work_.notify_one();
    return chosen;
}

void ModelLane::finish(Asking asking, ModelResponse response) {
    auto judgement = evaluate::judgement_of(*asking.judge, asking.prompt, response);
    {
        const std::scoped_lock lock(mutex_);
        const UnixNanos now = clock_.now();
        --out_;
        const std::optional<std::int64_t> used =
            judgement.input_tokens && judgement.output_tokens
                ? std::optional(*judgement.input_tokens + *judgement.output_tokens)
                : std::nullopt;
        if (says_slower(response)) {
            ++counts_.refused;
            limiter_.refused(asking.tokens, judgement.retry_after, now);
        } else if (response.outcome == ModelResponse::Outcome::answered) {
            limiter_.accepted(asking.tokens, used ? static_cast<double>(*used) : asking.tokens,
                              now);
        } else {
            limiter_.failed(now);
        }
        const UnixNanos again = now + (judgement.may_retry ? pause_before(asking, judgement) : 0);
        const UnixNanos give_up =
            asking.claimed + UnixNanos{options_.give_up_after.count()} * millisecond;
        if (judgement.may_retry && again < give_up) {
            later_.emplace(again, std::move(asking));
        } else {
            replies_.push_back({std::move(asking), std::move(response), std::move(judgement)});
        }
    }
    pace_.notify_one();
    on_reply_();
}

}  // namespace plimsoll::app
