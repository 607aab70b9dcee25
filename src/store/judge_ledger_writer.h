/// judge_ledger_writer.h: the steps of a judgement as changes of judge.db.
///
///   want ─▶ due ──claim──▶ in flight ──settle──▶ settled          each inside of a transaction
///
/// Not for several threads, and opens no transaction: sqlite_judge_ledger.cc does both.
#pragma once

#include <map>
#include <string>

#include "record/judge_ledger.h"
#include "store/sqlite.h"

namespace plimsoll::store {

/// What the writer keeps in memory; a value, so that a transaction that fails takes it back.
struct LedgerMarks {
    std::uint64_t changed = 0;                         ///< The last outcome's number.
    std::map<std::string, std::int64_t> judges;        ///< Definition → row.
    std::map<std::int64_t, std::string> latest_model;  ///< By judge: who answered last.
};

class JudgeLedgerWriter {
  public:
    explicit JudgeLedgerWriter(Database& database) : database_(database) {}

    Result<Done> load(std::uint64_t changed_at_least);
    const LedgerMarks& marks() const { return marks_; }
    void take_back(LedgerMarks marks) { marks_ = std::move(marks); }

    Result<Done> want(std::span<const record::Judgement> judgements);
    Result<record::Claimed> claim(const record::Claim& claim);
    Result<Done> settle(const record::Settlement& settlement);
    Result<Done> release(std::uint64_t judgement);
    Result<Done> leave_out(std::span<const std::uint64_t> judgements, std::string_view reason);
    Result<Done> reconcile(UnixNanos now,
                           const std::function<bool(const std::string& judge)>& knows_keys,
                           record::Reconciled& found);

  private:
    Result<std::int64_t> judge_id(const std::string& definition);
    /// The judgement of `claim` follows this exchange.
    Result<Done> point(const record::Claim& claim, std::int64_t exchange, bool settled,
                       bool from_cache);
    /// The exchange that this judgement has in flight and was told to ask; 0 if there is none.
    Result<std::int64_t> asked_exchange(std::uint64_t judgement);
    Result<Done> back_to_due(std::int64_t judgement);
    Result<Done> run(std::string_view sql, std::int64_t parameter);

    Database& database_;
    LedgerMarks marks_;
};

}  // namespace plimsoll::store
