#include "app/judging/judge_runner.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "base/hash.h"

namespace plimsoll::app {

namespace {

using evaluate::MayAsk;
using evaluate::ModelResponse;
using record::Payment;

constexpr UnixNanos day_length = 86'400 * nanos_per_second;
constexpr UnixNanos sweep_every = 60 * nanos_per_second;
constexpr UnixNanos disk_pause = nanos_per_second;
constexpr UnixNanos money_pause = 5 * nanos_per_second;
/// What is wanted is in the ledger before it is in the facts: so long it may be missing there.
constexpr UnixNanos facts_lag = 60 * nanos_per_second;
constexpr double characters_per_token = 4;
constexpr double reply_tokens_expected = 150;

std::map<std::string, std::optional<double>> limits_of(const std::vector<JudgeAtWork>& judges) {
    std::map<std::string, std::optional<double>> limits;
    for (const JudgeAtWork& each : judges) limits[each.judge.name] = each.judge.sample.usd_per_day;
    return limits;
}

/// The most that a request can cost: its characters as tokens, were they all short ones, and the
/// longest reply.
double most_usd(const evaluate::Judge& judge, std::size_t request_bytes) {
    const auto input = static_cast<std::int64_t>(static_cast<double>(request_bytes) / 2);
    return evaluate::cost_usd(judge.model, input, judge.parameters.max_tokens).value_or(0);
}

Payment payment_of(const evaluate::Judgement& judgement, const ModelResponse& response) {
    using Outcome = ModelResponse::Outcome;
    if (response.outcome == Outcome::timed_out || response.outcome == Outcome::broken)
        return Payment::possible;
    if (judgement.may_retry || response.outcome == Outcome::unreachable) return Payment::none;
    return response.status == 200 ? Payment::made : Payment::none;
}

}  // namespace

Result<std::unique_ptr<JudgeRunner>> JudgeRunner::start(record::JudgeLedger& ledger,
                                                        InteractionSource& interactions,
                                                        const Clock& clock,
                                                        std::vector<JudgeAtWork> judges,
                                                        const std::vector<LaneAtWork>& lanes,
                                                        const RunnerOptions& options) {
    std::unique_ptr<JudgeRunner> runner(
        new JudgeRunner(ledger, interactions, clock, std::move(judges), options));
    const UnixNanos now = clock.now();
    const auto reconciled = ledger.reconcile(now, [&](const std::string& definition) {
        const auto at = std::ranges::find(runner->definitions_, definition);
        return at != runner->definitions_.end() &&
               runner->judges_[static_cast<std::size_t>(at - runner->definitions_.begin())]
                   .judge.model.idempotent;
    });
    if (!reconciled) return reconciled.error();
    runner->reconciled_ = *reconciled;
    const UnixNanos today = now / day_length * day_length;
    const auto spending = ledger.spending(today, today + day_length);
    if (!spending) return spending.error();
    for (const auto& [definition, spent] : *spending) {
        // A judge that is no longer at work has spent what all may spend together.
        const auto at = std::ranges::find(runner->definitions_, definition);
        const std::string& name =
            at == runner->definitions_.end()
                ? definition
                : runner->judges_[static_cast<std::size_t>(at - runner->definitions_.begin())]
                      .judge.name;
        runner->budget_.already_spent(name, spent.usd + spent.usd_possible, now);
    }
    for (const LaneAtWork& lane : lanes)
        runner->lanes_.push_back(std::make_unique<ModelLane>(
            *lane.api, lane.options, clock, [raw = runner.get()] { raw->wake(); }));
    runner->thread_ = std::thread([raw = runner.get()] { raw->run(); });
    return runner;
}

JudgeRunner::JudgeRunner(record::JudgeLedger& ledger, InteractionSource& interactions,
                         const Clock& clock, std::vector<JudgeAtWork> judges,
                         const RunnerOptions& options)
    : ledger_(ledger),
      interactions_(interactions),
      clock_(clock),
      judges_(std::move(judges)),
      options_(options),
      budget_(options.usd_per_day, limits_of(judges_)),
      money_pause_until_(judges_.size(), 0) {
    for (const JudgeAtWork& each : judges_)
        definitions_.push_back(evaluate::definition_hash(each.judge));
}

void JudgeRunner::wake() {
    {
        const std::scoped_lock lock(mutex_);
        woken_ = true;
    }
    wake_.notify_one();
}

void JudgeRunner::stop() {
    {
        const std::scoped_lock lock(mutex_);
        if (stopping_) return;
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
    std::vector<std::uint64_t> unsent;
    for (const auto& lane : lanes_)
        for (const Asking& asking : lane->stop()) unsent.push_back(asking.judgement);
    if (const auto released = ledger_.release(unsent); !released)
        spdlog::error("giving back what was not sent: {}", released.error().what);
    settle_replies();
}

std::vector<LaneCounts> JudgeRunner::lanes() const {
    std::vector<LaneCounts> counts;
    for (const auto& lane : lanes_) counts.push_back(lane->counts());
    return counts;
}

std::string JudgeRunner::waits(const std::string& judge) const {
    const std::scoped_lock lock(mutex_);
    const auto found = waits_.find(judge);
    if (found == waits_.end() || found->second == MayAsk::yes) return "";
    return std::string(to_word(found->second));
}

void JudgeRunner::run() {
    using namespace std::chrono_literals;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, 250ms, [this] { return woken_ || stopping_; });
            if (stopping_) return;
            woken_ = false;
        }
        // Errors of the disk: what is claimed goes on, nothing new is begun.
        bool more = true;
        while (more && clock_.now() >= disk_pause_until_) {
            more = settle_replies();
            for (std::size_t judge = 0; judge < judges_.size(); ++judge) more |= ask_more(judge);
            const std::scoped_lock lock(mutex_);
            if (stopping_) return;
        }
        leave_out_late();
    }
}

record::Settlement JudgeRunner::settlement_of(const LaneReply& asked) const {
    const evaluate::Judgement& judgement = asked.judgement;
    record::Settlement settlement{.judgement = asked.asking.judgement,
                                  .payment = payment_of(judgement, asked.response),
                                  .input_tokens = judgement.input_tokens.value_or(0),
                                  .output_tokens = judgement.output_tokens.value_or(0),
                                  .attempts = asked.asking.attempts,
                                  .reply = asked.response.body,
                                  .time = clock_.now()};
    // A price that is not known counts as the most it can be.
    if (settlement.payment == Payment::made)
        settlement.usd = judgement.cost_usd.value_or(asked.asking.usd);
    settlement.said.explanation = judgement.verdict.explanation;
    settlement.said.model = judgement.model_version;
    if (const Score* score = judgement.verdict.score())
        settlement.said.score = score->value();
    else
        settlement.said.reason = to_word(judgement.verdict.unscored()->reason);
    return settlement;
}

bool JudgeRunner::settle_replies() {
    for (const auto& lane : lanes_)
        std::ranges::move(lane->take_replies(), std::back_inserter(unsettled_));
    if (unsettled_.empty()) return false;
    std::vector<record::Settlement> settlements;
    for (const LaneReply& asked : unsettled_) settlements.push_back(settlement_of(asked));
    if (const auto settled = ledger_.settle(settlements); !settled) {
        spdlog::error("settling judgements: {}; trying again", settled.error().what);
        disk_pause_until_ = clock_.now() + disk_pause;
        return false;
    }
    for (std::size_t i = 0; i < unsettled_.size(); ++i) {
        const Asking& asking = unsettled_[i].asking;
        const double used =
            settlements[i].payment == Payment::possible ? asking.usd : settlements[i].usd;
        budget_.settle(asking.judge->name, asking.usd, used, asking.claimed);
    }
    unsettled_.clear();
    return true;
}

bool JudgeRunner::ask_more(std::size_t index) {
    const evaluate::Judge& judge = judges_[index].judge;
    ModelLane& lane = *lanes_[judges_[index].lane];
    const std::size_t room = lane.room();
    if (room == 0 || clock_.now() < money_pause_until_[index]) return false;
    const auto trouble = [&](const Error& error) {
        spdlog::error("asking {}: {}; trying again", judge.name, error.what);
        disk_pause_until_ = clock_.now() + disk_pause;
        return false;
    };
    const auto due = ledger_.due(definitions_[index], room);
    if (!due) return trouble(due.error());
    if (due->empty()) return false;
    std::vector<TraceId> traces;
    for (const auto& each : *due) traces.push_back(each.judgement.interaction);
    auto interactions = interactions_.read(traces);
    if (!interactions) return trouble(interactions.error());

    const UnixNanos now = clock_.now();
    std::vector<Asking> askings;
    std::vector<record::Claim> claims;
    std::map<std::string_view, std::vector<std::uint64_t>> nothing_to_judge;  // By reason.
    MayAsk may = MayAsk::yes;
    for (std::size_t i = 0; i < due->size(); ++i) {
        const record::KnownJudgement& wanted = (*due)[i];
        const auto& interaction = (*interactions)[i];
        if (!interaction && now < wanted.judgement.arrived + facts_lag) continue;
        if (!interaction) {
            nothing_to_judge[to_word(Reason::missing_content)].push_back(wanted.id);
            continue;
        }
        auto prompt = evaluate::judge_prompt(judge, *interaction);
        if (const auto* none = std::get_if<Verdict>(&prompt)) {
            const auto reason = none->unscored() ? none->unscored()->reason : Reason::fault;
            nothing_to_judge[to_word(reason)].push_back(wanted.id);
            continue;
        }
        Asking asking{.judgement = wanted.id,
                      .judge = &judge,
                      .prompt = std::get<evaluate::JudgePrompt>(std::move(prompt)),
                      .claimed = now};
        asking.request = evaluate::request_of(judge, asking.prompt);
        // Of this judgement alone: the same content asked on purpose again is a new question.
        if (judge.model.idempotent)
            asking.request.repeat_key =
                fmt::format("{}-{}", content_version(asking.request.body), wanted.id);
        const auto bytes = static_cast<double>(asking.request.body.size());
        asking.tokens = bytes / characters_per_token + reply_tokens_expected;
        asking.usd = most_usd(judge, asking.request.body.size());
        const bool anomaly = wanted.judgement.reasons != 0;
        may = budget_.reserve(judge.name, asking.usd, anomaly, now);
        if (may != MayAsk::yes) break;  // What follows is no more urgent.
        claims.push_back({.judgement = wanted.id,
                          .content = content_version(asking.request.body),
                          .request = {},
                          .revision = interaction->revision,
                          .usd = asking.usd,
                          .time = now});
        askings.push_back(std::move(asking));
    }
    {
        const std::scoped_lock lock(mutex_);
        waits_[judge.name] = may;
    }
    for (const auto& [reason, ids] : nothing_to_judge)
        if (const auto left = ledger_.leave_out(ids, reason); !left) return trouble(left.error());
    for (std::size_t i = 0; i < claims.size(); ++i) claims[i].request = askings[i].request.body;
    const auto claimed = ledger_.claim(claims);
    std::vector<Asking> ours;
    for (std::size_t i = 0; i < askings.size(); ++i) {
        if (claimed && (*claimed)[i] == record::Claimed::ask)
            ours.push_back(std::move(askings[i]));
        else
            budget_.settle(judge.name, askings[i].usd, 0, now);
    }
    if (!claimed) return trouble(claimed.error());
    lane.add(std::move(ours));
    if (may != MayAsk::yes) money_pause_until_[index] = now + money_pause;
    return may == MayAsk::yes && !(claims.empty() && nothing_to_judge.empty());
}

void JudgeRunner::leave_out_late() {
    const UnixNanos now = clock_.now();
    if (now < swept_ + sweep_every) return;
    swept_ = now;
    const UnixNanos before =
        now - std::chrono::duration_cast<std::chrono::nanoseconds>(options_.too_late_after).count();
    for (std::size_t i = 0; i < judges_.size(); ++i) {
        const std::string why = waits(judges_[i].judge.name);
        const auto left =
            ledger_.leave_out_older(definitions_[i], before, why.empty() ? record::too_late : why);
        if (!left) spdlog::error("leaving out what is late: {}", left.error().what);
    }
}

}  // namespace plimsoll::app
