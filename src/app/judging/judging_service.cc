#include "app/judging/judging_service.h"

#include <cstdlib>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace plimsoll::app {

namespace {

/// The smaller of what judges on one key ask for.
void narrow(std::optional<double>& limit, const std::optional<double>& asked) {
    if (asked && (!limit || *asked < *limit)) limit = asked;
}

}  // namespace

Result<std::unique_ptr<JudgingService>> JudgingService::start(
    const Configuration& configuration, record::JudgeLedger& ledger, record::Facts& facts,
    record::Journal& journal, const Clock& clock, std::vector<std::string>& notices) {
    std::unique_ptr<JudgingService> service(new JudgingService(facts, journal));
    std::map<std::pair<std::string, std::string>, std::size_t> lane_of;  // Server and key.
    std::vector<LaneAtWork> lanes;
    std::vector<JudgeAtWork> judges;
    for (const auto& [name, settings] : configuration.judges) {
        const evaluate::Judge& judge = *settings.judge;
        const char* const key =
            judge.model.key_env.empty() ? "" : std::getenv(judge.model.key_env.c_str());
        if (!key) {
            notices.push_back(
                fmt::format("judge {} is not asked: the variable {} is not set. Export the key in "
                            "it and start again.",
                            name, judge.model.key_env));
            continue;
        }
        const auto [lane, fresh] =
            lane_of.try_emplace({judge.model.base_url, judge.model.key_env}, lanes.size());
        if (fresh) {
            service->clients_.push_back(
                std::make_unique<net::ModelClient>(net::ModelClientOptions{.key = key}));
            lanes.push_back({.api = service->clients_.back().get(), .options = {}});
        }
        evaluate::RateLimits& limits = lanes[lane->second].options.limits;
        narrow(limits.requests_per_minute, judge.sample.requests_per_minute);
        narrow(limits.tokens_per_minute, judge.sample.tokens_per_minute);
        judges.push_back({.judge = judge, .lane = lane->second});
    }
    auto runner = JudgeRunner::start(ledger, service->interactions_, clock, std::move(judges),
                                     lanes, {.usd_per_day = configuration.judges_usd_per_day});
    if (!runner) return runner.error();
    service->runner_ = std::move(*runner);
    if (const record::Reconciled found = service->runner_->reconciled(); found.lost > 0)
        notices.push_back(fmt::format(
            "{} judgements had been sent when the server stopped, and their replies are lost: they "
            "are unscored (reply_lost), and what they may have cost is counted.",
            found.lost));
    return service;
}

void JudgingService::stop() {
    if (!runner_) return;
    using namespace std::chrono_literals;
    std::mutex mutex;
    std::condition_variable done_changed;
    bool done = false;
    std::thread hurry([&] {
        std::unique_lock lock(mutex);
        if (done_changed.wait_for(lock, 10s, [&] { return done; })) return;
        for (const auto& client : clients_) client->stop();
    });
    runner_->stop();
    {
        const std::scoped_lock lock(mutex);
        done = true;
    }
    done_changed.notify_one();
    hurry.join();
}

}  // namespace plimsoll::app
