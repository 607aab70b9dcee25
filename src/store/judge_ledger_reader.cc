#include "store/judge_ledger_reader.h"

#include <string_view>

#include "store/packed_bytes.h"

namespace plimsoll::store {

namespace {

using record::Exchange;
using record::JudgementState;
using record::KnownJudgement;
using record::Payment;

/// Calls `visit` for every row; the Error of a step or of `visit` ends it.
template <class Visit>
Result<Done> for_each_row(Statement& statement, Visit visit) {
    for (;;) {
        const auto stepped = statement.step();
        if (!stepped) return stepped.error();
        if (!*stepped) return Done{};
        visit(statement);
    }
}

constexpr std::string_view judgement_columns =
    "SELECT j.id, j.trace, d.definition, j.occasion, j.revision, j.arrived_ns, j.priority,"
    " j.inclusion, j.reasons, j.stratum, j.state, j.from_cache, j.left_out, j.changed,"
    " e.score, e.reason, e.explanation, e.model FROM judgements j JOIN judges d ON d.id = j.judge"
    " LEFT JOIN exchanges e ON e.id = j.exchange ";

KnownJudgement judgement_in(Statement& row) {
    KnownJudgement known;
    known.id = static_cast<std::uint64_t>(row.integer(0));
    known.judgement = {.interaction = TraceId::from_bytes(row.bytes(1)).value_or(TraceId{}),
                       .judge = std::string(row.bytes(2)),
                       .occasion = std::string(row.bytes(3)),
                       .revision = static_cast<std::uint32_t>(row.integer(4)),
                       .arrived = row.integer(5),
                       .priority = row.integer(6),
                       .inclusion = row.real(7),
                       .reasons = static_cast<std::uint32_t>(row.integer(8)),
                       .stratum = std::string(row.bytes(9))};
    known.state = static_cast<JudgementState>(row.integer(10));
    known.from_cache = row.integer(11) != 0;
    known.changed = static_cast<std::uint64_t>(row.integer(13));
    if (known.state == JudgementState::left_out) known.said.reason = row.bytes(12);
    if (known.state == JudgementState::settled)
        known.said = {row.real(14), std::string(row.bytes(15)), std::string(row.bytes(16)),
                      std::string(row.bytes(17))};
    return known;
}

Result<std::vector<KnownJudgement>> judgements(Statement& statement) {
    std::vector<KnownJudgement> list;
    if (auto read =
            for_each_row(statement, [&](Statement& row) { list.push_back(judgement_in(row)); });
        !read)
        return read.error();
    return list;
}

constexpr std::string_view exchange_columns =
    "SELECT d.definition, hex(e.content), e.occasion, e.request, e.reply, e.score, e.reason,"
    " e.explanation, e.model, e.payment, e.usd, e.input_tokens, e.output_tokens, e.attempts,"
    " e.claimed_ns, e.settled_ns FROM exchanges e JOIN judges d ON d.id = e.judge ";

Result<Exchange> exchange_in(Statement& row) {
    Exchange exchange{.judge = std::string(row.bytes(0)),
                      .content = std::string(row.bytes(1)),
                      .occasion = std::string(row.bytes(2))};
    for (char& digit : exchange.content)
        if (digit >= 'A') digit += 'a' - 'A';
    for (auto [column, into] : {std::pair(3, &exchange.request), {4, &exchange.reply}}) {
        if (row.bytes(column).empty()) continue;
        auto bytes = unpack_bytes(row.bytes(column));
        if (!bytes) return bytes.error();
        *into = std::move(*bytes);
    }
    exchange.said = {row.real(5), std::string(row.bytes(6)), std::string(row.bytes(7)),
                     std::string(row.bytes(8))};
    exchange.payment = static_cast<Payment>(row.integer(9));
    exchange.usd = row.real(10).value_or(0);
    exchange.input_tokens = row.integer(11);
    exchange.output_tokens = row.integer(12);
    exchange.attempts = static_cast<std::uint32_t>(row.integer(13));
    exchange.claimed = row.integer(14);
    exchange.settled = row.integer(15);
    return exchange;
}

Result<Statement> prepare(Database& database, std::string_view columns, std::string_view rest) {
    return database.prepare(std::string(columns) + std::string(rest));
}

}  // namespace

Result<std::vector<KnownJudgement>> read_due(Database& database, std::int64_t judge,
                                             std::size_t limit) {
    auto select = prepare(database, judgement_columns,
                          "WHERE j.judge = ? AND j.state = 0 ORDER BY j.priority DESC, j.id"
                          " LIMIT ?");
    if (!select) return select.error();
    select->bind(1, judge).bind(2, static_cast<std::int64_t>(limit));
    return judgements(*select);
}

Result<std::vector<KnownJudgement>> read_changed(Database& database, std::uint64_t changed,
                                                 std::size_t limit) {
    auto select =
        prepare(database, judgement_columns, "WHERE j.changed > ? ORDER BY j.changed LIMIT ?");
    if (!select) return select.error();
    select->bind(1, static_cast<std::int64_t>(changed)).bind(2, static_cast<std::int64_t>(limit));
    return judgements(*select);
}

Result<std::vector<KnownJudgement>> read_judgements_of(Database& database,
                                                       std::span<const TraceId> interactions) {
    auto select = prepare(database, judgement_columns, "WHERE j.trace = ? ORDER BY j.id");
    if (!select) return select.error();
    std::vector<KnownJudgement> list;
    for (const TraceId& interaction : interactions) {
        select->bind_blob(1, interaction.raw());
        auto found = judgements(*select);
        if (!found) return found.error();
        for (KnownJudgement& each : *found) list.push_back(std::move(each));
        select->reset();
    }
    return list;
}

Result<std::vector<KnownJudgement>> read_occasions(Database& database, std::string_view judge,
                                                   std::string_view from, std::string_view to) {
    // The last condition lets SQLite use the index of what is not traffic.
    auto select = prepare(database, judgement_columns,
                          "WHERE j.judge = (SELECT id FROM judges WHERE definition = ?)"
                          " AND j.occasion >= ? AND j.occasion < ?"
                          " AND j.occasion <> '' ORDER BY j.occasion, j.id");
    if (!select) return select.error();
    select->bind_text(1, judge).bind_text(2, from).bind_text(3, to);
    return judgements(*select);
}

Result<std::vector<KnownJudgement>> read_latest(Database& database, std::string_view judge,
                                                std::size_t limit) {
    auto select = prepare(database, judgement_columns,
                          "WHERE j.judge = (SELECT id FROM judges WHERE definition = ?)"
                          " AND j.occasion = '' AND j.state = 2"
                          " AND e.score IS NOT NULL ORDER BY j.changed DESC LIMIT ?");
    if (!select) return select.error();
    select->bind_text(1, judge).bind(2, static_cast<std::int64_t>(limit));
    return judgements(*select);
}

Result<std::optional<Exchange>> read_exchange(Database& database, std::uint64_t judgement) {
    auto select = prepare(database, exchange_columns,
                          "JOIN judgements j ON j.exchange = e.id WHERE j.id = ?");
    if (!select) return select.error();
    const auto stepped = select->bind(1, static_cast<std::int64_t>(judgement)).step();
    if (!stepped) return stepped.error();
    if (!*stepped) return std::optional<Exchange>();
    auto exchange = exchange_in(*select);
    if (!exchange) return exchange.error();
    return std::optional(std::move(*exchange));
}

Result<Done> read_exchanges(Database& database, const std::function<void(const Exchange&)>& visit) {
    auto select = prepare(database, exchange_columns,
                          "WHERE e.settled_ns > 0 AND e.reply <> x'' ORDER BY e.id");
    if (!select) return select.error();
    for (;;) {
        const auto stepped = select->step();
        if (!stepped) return stepped.error();
        if (!*stepped) return Done{};
        const auto exchange = exchange_in(*select);
        if (!exchange) return exchange.error();
        visit(*exchange);
    }
}

Result<std::map<std::string, record::Spending>> read_spending(Database& database, UnixNanos from,
                                                              UnixNanos to) {
    auto select = database.prepare(
        "SELECT d.definition, count(*), sum(iif(e.payment = 2, e.usd, 0.0)),"
        " sum(iif(e.payment = 1, e.usd, 0.0)), sum(e.input_tokens), sum(e.output_tokens)"
        " FROM exchanges e JOIN judges d ON d.id = e.judge"
        " WHERE e.claimed_ns >= ? AND e.claimed_ns < ? GROUP BY d.definition");
    if (!select) return select.error();
    std::map<std::string, record::Spending> spending;
    const auto add = [&](Statement& row) {
        spending[std::string(row.bytes(0))] = {static_cast<std::uint64_t>(row.integer(1)),
                                               row.real(2).value_or(0), row.real(3).value_or(0),
                                               row.integer(4), row.integer(5)};
    };
    if (auto read = for_each_row(select->bind(1, from).bind(2, to), add); !read)
        return read.error();
    return spending;
}

Result<std::map<std::string, record::JudgementCounts>> read_counts(Database& database) {
    auto select = database.prepare(
        "SELECT d.definition, j.state, j.from_cache, e.score IS NOT NULL,"
        " iif(j.state = 3, j.left_out, coalesce(e.reason, '')) AS why, count(*)"
        " FROM judgements j JOIN judges d ON d.id = j.judge"
        " LEFT JOIN exchanges e ON e.id = j.exchange GROUP BY 1, 2, 3, 4, 5");
    if (!select) return select.error();
    std::map<std::string, record::JudgementCounts> counts;
    const auto add = [&](Statement& row) {
        record::JudgementCounts& of = counts[std::string(row.bytes(0))];
        const auto n = static_cast<std::uint64_t>(row.integer(5));
        switch (static_cast<JudgementState>(row.integer(1))) {
            case JudgementState::due:
                of.due += n;
                break;
            case JudgementState::in_flight:
                of.in_flight += n;
                break;
            case JudgementState::settled:
                if (row.integer(3) != 0)
                    of.scored += n;
                else
                    of.unscored[std::string(row.bytes(4))] += n;
                if (row.integer(2) != 0) of.from_cache += n;
                break;
            case JudgementState::left_out:
                of.left_out[std::string(row.bytes(4))] += n;
                break;
        }
    };
    if (auto read = for_each_row(*select, add); !read) return read.error();
    return counts;
}

}  // namespace plimsoll::store
