/// judge_ledger.h: what judges were asked, what it cost, and what they said. Nothing is paid twice.
///
///   want ─▶ due ──claim──▶ in flight ──settle──▶ settled       one judgement
///            │  ▲             │   └── another interaction with the same content waits, or is
///            │  └──release────┘       settled at once from an earlier exchange
///            └──leave_out──▶ left out, and why
///
/// A **judgement** is one interaction for one judge on one occasion; an **exchange** is one request
/// to a model with its reply, and is what is paid for. claim() is on the disk before a request may
/// leave, settle() before a verdict counts. So after a crash a claim without a reply is possibly
/// paid: reconcile() does not ask again, unless the model's server itself knows a repeated request
/// by its key. Requests and replies are kept: a run can be read again without a model.
///
/// A judge is named by the hash of its definition: its version is known only with the reply, since
/// the provider tells which model answered.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace plimsoll::record {

/// What the sampler wants judged.
struct Judgement {
    TraceId interaction;
    std::string judge;           ///< Hash of its definition.
    std::string occasion;        ///< "" in the course of traffic. Another occasion ("sentinel
                                 ///< 2026-01-05") is asked anew, whatever was answered before.
    std::uint32_t revision = 1;  ///< Of the interaction. A later one is judged anew if what the
                                 ///< judge sees of it has changed.
    UnixNanos arrived = 0;
    std::int64_t priority = 0;        ///< Higher ones first; of equals, those wanted first.
    std::optional<double> inclusion;  ///< nullopt: outside the sampler.
    std::uint32_t reasons = 0;        ///< Bits of evaluate::ReasonSet.
    std::string stratum;
    bool operator==(const Judgement&) const = default;
};

enum class JudgementState : std::uint8_t { due, in_flight, settled, left_out };
enum class Payment : std::uint8_t { none, possible, made };

/// What a judge said.
struct JudgeSaid {
    std::optional<double> score;
    std::string reason;  ///< Why there is no score; "" if there is one.
    std::string explanation;
    std::string model;  ///< As the provider reported it; "" if no reply came.
    bool operator==(const JudgeSaid&) const = default;
};

struct KnownJudgement {
    std::uint64_t id = 0;
    Judgement judgement;
    JudgementState state = JudgementState::due;
    JudgeSaid said;             ///< Once settled. Left out: the reason.
    bool from_cache = false;    ///< Another interaction's exchange answered it.
    std::uint64_t changed = 0;  ///< Grows with every outcome; 0 if there was none yet.
};

/// A request that is ready to leave.
struct Claim {
    std::uint64_t judgement = 0;
    std::string content;         ///< Hash of what the judge sees; 32 hex digits.
    std::string_view request;    ///< Bytes as they will be sent, kept as they are.
    std::uint32_t revision = 1;  ///< Of the interaction that the request was made from.
    double usd = 0;              ///< What it may cost: counted as possible until it is settled.
    UnixNanos time = 0;
};

enum class Claimed : std::uint8_t {
    ask,             ///< It is yours: send it.
    answered,        ///< The same content was answered before: settled, nothing to do.
    asked_by_other,  ///< The same content is in flight: settled together with it.
    not_due,         ///< Claimed, settled or left out already.
};

/// How a claimed exchange ended.
struct Settlement {
    std::uint64_t judgement = 0;  ///< The one that was told to ask.
    JudgeSaid said = {};
    Payment payment = Payment::made;
    double usd = 0;
    std::int64_t input_tokens = 0, output_tokens = 0;
    std::uint32_t attempts = 1;  ///< Requests sent; all but the last were certainly not paid.
    std::string reply = {};      ///< Bytes as they came; "" if none did.
    UnixNanos time = 0;
};

/// A request and its reply, for a person or for reading again.
struct Exchange {
    std::string judge, content, occasion;
    std::string request = {}, reply = {};
    JudgeSaid said = {};
    Payment payment = Payment::none;
    double usd = 0;
    std::int64_t input_tokens = 0, output_tokens = 0;
    std::uint32_t attempts = 0;
    UnixNanos claimed = 0, settled = 0;
};

/// What one judge has cost in a stretch of time, by when its requests were claimed.
struct Spending {
    std::uint64_t exchanges = 0;
    double usd = 0;           ///< Certainly paid.
    double usd_possible = 0;  ///< Beside it: asked, and the reply never came.
    std::int64_t input_tokens = 0, output_tokens = 0;
};

/// What became of all that one judge was wanted for.
struct JudgementCounts {
    std::uint64_t due = 0, in_flight = 0, scored = 0;
    std::uint64_t from_cache = 0;                   ///< Of the settled.
    std::map<std::string, std::uint64_t> unscored;  ///< By reason.
    std::map<std::string, std::uint64_t> left_out;  ///< By reason.
};

/// What a restart found in flight.
struct Reconciled {
    std::uint64_t lost = 0;   ///< Unscored as reply_lost, possibly paid.
    std::uint64_t again = 0;  ///< Due again, under the same key.
};

/// The word for a reply that was possibly paid for and never came.
inline constexpr std::string_view reply_lost = "reply_lost";
/// The word for what was due for longer than anybody waits; where money was the reason, its own.
inline constexpr std::string_view too_late = "too_late";

/// Every call is one durable transaction. Any thread.
class JudgeLedger {
  public:
    virtual ~JudgeLedger() = default;

    /// Idempotent. What is known already keeps its state, and takes inclusion, reasons, stratum and
    /// priority from here if no reason is missing and it is not from outside the sampler. A higher
    /// revision of what was settled or left out is due again.
    virtual Result<Done> want(std::span<const Judgement> judgements) = 0;

    /// The most urgent that are due, for one judge.
    virtual Result<std::vector<KnownJudgement>> due(const std::string& judge,
                                                    std::size_t limit) = 0;

    /// In the order of `claims`. Content that another interaction had scored is answered from
    /// there, unless the judge's model has changed since; the same interaction's always is.
    virtual Result<std::vector<Claimed>> claim(std::span<const Claim> claims) = 0;

    /// Also settles those that wait for the same content, if it was scored; else they are due
    /// again. A judgement that is not in flight is left as it is.
    virtual Result<Done> settle(std::span<const Settlement> settlements) = 0;

    /// What was certainly not paid for is due again.
    virtual Result<Done> release(std::span<const std::uint64_t> judgements) = 0;

    /// Those still due will not be asked: over the budget, past the deadline, nothing to judge.
    virtual Result<Done> leave_out(std::span<const std::uint64_t> judgements,
                                   std::string_view reason) = 0;

    /// Those of one judge that are still due and arrived before `arrived`; how many there were.
    virtual Result<std::uint64_t> leave_out_older(const std::string& judge, UnixNanos arrived,
                                                  std::string_view reason) = 0;

    /// After a restart, before the first claim. `knows_keys`: the server of this judge's model
    /// answers a repeated request with the same key from its own record.
    virtual Result<Reconciled> reconcile(
        UnixNanos now, const std::function<bool(const std::string& judge)>& knows_keys) = 0;

    /// Judgements whose outcome (or probability, once they have one) changed after `changed`, in
    /// that order.
    virtual Result<std::vector<KnownJudgement>> changed_since(std::uint64_t changed,
                                                              std::size_t limit) = 0;
    virtual Result<std::vector<KnownJudgement>> of(std::span<const TraceId> interactions) = 0;

    /// Of one judge, what was wanted on an occasion in [from, to), by occasion and then as wanted.
    virtual Result<std::vector<KnownJudgement>> asked_on(const std::string& judge,
                                                         const std::string& from,
                                                         const std::string& to) = 0;
    /// Of one judge, what it scored in the course of traffic, newest outcome first.
    virtual Result<std::vector<KnownJudgement>> latest(const std::string& judge,
                                                       std::size_t limit) = 0;

    /// The exchange that settled it; nullopt if none did.
    virtual Result<std::optional<Exchange>> exchange(std::uint64_t judgement) = 0;
    /// Settled exchanges with a reply, in the order of their claims.
    virtual Result<Done> for_each_exchange(const std::function<void(const Exchange&)>& visit) = 0;

    /// By judge; claims in [from, to).
    virtual Result<std::map<std::string, Spending>> spending(UnixNanos from, UnixNanos to) = 0;
    virtual Result<std::map<std::string, JudgementCounts>> counts() = 0;
};

}  // namespace plimsoll::record
