/// judge_ledger_reader.h: questions to judge.db. Each is one statement; the caller holds the lock.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "record/judge_ledger.h"
#include "store/sqlite.h"

namespace plimsoll::store {

Result<std::vector<record::KnownJudgement>> read_due(Database& database, std::int64_t judge,
                                                     std::size_t limit);
Result<std::vector<record::KnownJudgement>> read_changed(Database& database, std::uint64_t changed,
                                                         std::size_t limit);
Result<std::vector<record::KnownJudgement>> read_judgements_of(
    Database& database, std::span<const TraceId> interactions);
Result<std::vector<record::KnownJudgement>> read_occasions(Database& database,
                                                           std::string_view judge,
                                                           std::string_view from,
                                                           std::string_view to);
Result<std::vector<record::KnownJudgement>> read_latest(Database& database, std::string_view judge,
                                                        std::size_t limit);
Result<std::optional<record::Exchange>> read_exchange(Database& database, std::uint64_t judgement);
Result<Done> read_exchanges(Database& database,
                            const std::function<void(const record::Exchange&)>& visit);
Result<std::map<std::string, record::Spending>> read_spending(Database& database, UnixNanos from,
                                                              UnixNanos to);
Result<std::map<std::string, record::JudgementCounts>> read_counts(Database& database);

}  // namespace plimsoll::store
