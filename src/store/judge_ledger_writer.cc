#include "store/judge_ledger_writer.h"

#include <algorithm>

#include "store/packed_bytes.h"

namespace plimsoll::store {

namespace {

using namespace record;

std::int64_t as_integer(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

/// 16 bytes of 32 hex digits; anything else is taken as it is: it need only be the same again.
std::string content_key(std::string_view content) {
    const auto id = TraceId::from_hex(content);
    return std::string(id ? id->raw() : content);
}

}  // namespace

/// Reads what was left open, too: a file that cannot tell it is of no use.
Result<Done> JudgeLedgerWriter::load(std::uint64_t changed_at_least) {
    const auto changed = database_.integer("SELECT coalesce(max(changed), 0) FROM judgements");
    if (!changed) return changed.error();
    marks_.changed = std::max(static_cast<std::uint64_t>(*changed), changed_at_least);
    auto judges = database_.prepare("SELECT id, definition FROM judges");
    if (!judges) return judges.error();
    for (;;) {
        const auto stepped = judges->step();
        if (!stepped) return stepped.error();
        if (!*stepped) break;
        marks_.judges[std::string(judges->bytes(1))] = judges->integer(0);
    }
    const auto open = database_.integer("SELECT count(*) FROM judgements WHERE state < 2");
    if (!open) return open.error();
    auto model = database_.prepare(
        "SELECT model FROM exchanges WHERE judge = ? AND model <> '' ORDER BY id DESC LIMIT 1");
    if (!model) return model.error();
    for (const auto& [definition, id] : marks_.judges) {
        const auto stepped = model->bind(1, id).step();
        if (!stepped) return stepped.error();
        if (*stepped) marks_.latest_model[id] = model->bytes(0);
        model->reset();
    }
    return Done{};
}

Result<std::int64_t> JudgeLedgerWriter::judge_id(const std::string& definition) {
    if (const auto known = marks_.judges.find(definition); known != marks_.judges.end())
        return known->second;
    auto insert = database_.prepare("INSERT INTO judges (definition) VALUES (?) RETURNING id");
    if (!insert) return insert.error();
    const auto stepped = insert->bind_text(1, definition).step();
    if (!stepped) return stepped.error();
    const std::int64_t id = insert->integer(0);
    insert->reset();
    marks_.judges[definition] = id;
    return id;
}

Result<Done> JudgeLedgerWriter::want(std::span<const Judgement> judgements) {
    auto insert = database_.prepare(
        "INSERT INTO judgements (trace, judge, occasion, revision, arrived_ns, priority,"
        " inclusion, reasons, stratum, state, asked_revision, from_cache, left_out, changed)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0, 0, '', 0)"
        " ON CONFLICT DO NOTHING RETURNING id");
    auto better = database_.prepare(
        "UPDATE judgements SET priority = ?6, inclusion = ?7, reasons = ?8, stratum = ?9,"
        " changed = iif(state >= 2, ?10, changed) WHERE trace = ?1 AND judge = ?2"
        " AND occasion = ?3 AND reasons & ~?8 = 0 AND ?7 IS NOT NULL"
        " AND (inclusion IS NOT ?7 OR reasons <> ?8 OR stratum <> ?9 OR priority <> ?6)");
    auto newer = database_.prepare(
        "UPDATE judgements SET revision = ?4, state = iif(state = 1, 1, 0)"
        " WHERE trace = ?1 AND judge = ?2 AND occasion = ?3 AND revision < ?4");
    for (auto* statement : {&insert, &better, &newer})
        if (!*statement) return statement->error();
    for (const Judgement& wanted : judgements) {
        const auto judge = judge_id(wanted.judge);
        if (!judge) return judge.error();
        for (Statement* each : {&*insert, &*better, &*newer})
            each->bind_blob(1, wanted.interaction.raw())
                .bind(2, *judge)
                .bind_text(3, wanted.occasion);
        for (Statement* each : {&*insert, &*newer}) each->bind(4, wanted.revision);
        insert->bind(5, wanted.arrived);
        for (Statement* each : {&*insert, &*better})
            each->bind(6, wanted.priority)
                .bind_real(7, wanted.inclusion)
                .bind(8, wanted.reasons)
                .bind_text(9, wanted.stratum);
        const auto added = insert->step();
        insert->reset();
        if (!added) return added.error();
        if (*added) continue;
        if (auto done = better->bind(10, as_integer(++marks_.changed)).run(); !done) return done;
        if (auto done = newer->run(); !done) return done;
    }
    return Done{};
}

Result<Claimed> JudgeLedgerWriter::claim(const Claim& claim) {
    auto due =
        database_.prepare("SELECT judge, occasion FROM judgements WHERE id = ? AND state = 0");
    if (!due) return due.error();
    const auto found = due->bind(1, as_integer(claim.judgement)).step();
    if (!found) return found.error();
    if (!*found) return Claimed::not_due;
    const std::int64_t judge = due->integer(0);
    const std::string occasion(due->bytes(1));
    const std::string content = content_key(claim.content);

    auto earlier = database_.prepare(
        "SELECT id, judgement, settled_ns, score IS NOT NULL, model FROM exchanges"
        " WHERE content = ? AND judge = ? AND occasion = ? AND current = 1");
    if (!earlier) return earlier.error();
    const auto known = earlier->bind_blob(1, content).bind(2, judge).bind_text(3, occasion).step();
    if (!known) return known.error();
    if (*known) {
        const std::int64_t exchange = earlier->integer(0);
        const bool own = earlier->integer(1) == as_integer(claim.judgement);
        const bool settled = earlier->integer(2) != 0;
        const bool fit =
            earlier->integer(3) != 0 && earlier->bytes(4) == marks_.latest_model[judge];
        if (!settled || own || fit) {
            if (auto done = point(claim, exchange, settled, settled && !own); !done)
                return done.error();
            return settled ? Claimed::answered : Claimed::asked_by_other;
        }
        if (auto done = run("UPDATE exchanges SET current = 0 WHERE id = ?", exchange); !done)
            return done.error();
    }
    auto insert = database_.prepare(
        "INSERT INTO exchanges (judge, content, occasion, current, judgement, claimed_ns,"
        " settled_ns, payment, usd, input_tokens, output_tokens, attempts, reason, explanation,"
        " model, request, reply)"
        " VALUES (?, ?, ?, 1, ?, ?, 0, 1, ?, 0, 0, 0, '', '', '', ?, x'') RETURNING id");
    if (!insert) return insert.error();
    const std::string packed = pack_bytes(claim.request);
    const auto made = insert->bind(1, judge)
                          .bind_blob(2, content)
                          .bind_text(3, occasion)
                          .bind(4, as_integer(claim.judgement))
                          .bind(5, claim.time)
                          .bind_real(6, claim.usd)
                          .bind_blob(7, packed)
                          .step();
    if (!made) return made.error();
    const std::int64_t exchange = insert->integer(0);
    insert->reset();
    if (auto done = point(claim, exchange, false, false); !done) return done.error();
    return Claimed::ask;
}

/// The judgement of `claim` follows this exchange.
Result<Done> JudgeLedgerWriter::point(const Claim& claim, std::int64_t exchange, bool settled,
                                      bool from_cache) {
    auto update = database_.prepare(
        "UPDATE judgements SET exchange = ?, from_cache = ?, asked_revision = ?, left_out = '',"
        " state = iif(?4, iif(revision > ?3, 0, 2), 1), changed = iif(?4, ?5, changed)"
        " WHERE id = ?6");
    if (!update) return update.error();
    return update->bind(1, exchange)
        .bind(2, from_cache)
        .bind(3, claim.revision)
        .bind(4, settled)
        .bind(5, as_integer(settled ? ++marks_.changed : 0))
        .bind(6, as_integer(claim.judgement))
        .run();
}

/// The exchange that this judgement has in flight and was told to ask; 0 if there is none.
Result<std::int64_t> JudgeLedgerWriter::asked_exchange(std::uint64_t judgement) {
    auto select = database_.prepare(
        "SELECT e.id FROM judgements j JOIN exchanges e ON e.id = j.exchange"
        " WHERE j.id = ?1 AND j.state = 1 AND e.judgement = ?1 AND e.settled_ns = 0");
    if (!select) return select.error();
    const auto found = select->bind(1, as_integer(judgement)).step();
    if (!found) return found.error();
    return *found ? select->integer(0) : 0;
}

Result<Done> JudgeLedgerWriter::settle(const Settlement& settlement) {
    const auto exchange = asked_exchange(settlement.judgement);
    if (!exchange) return exchange.error();
    if (*exchange == 0) return Done{};
    auto update = database_.prepare(
        "UPDATE exchanges SET settled_ns = max(?, 1), payment = ?, usd = coalesce(?, usd),"
        " input_tokens = ?, output_tokens = ?, attempts = ?, score = ?, reason = ?,"
        " explanation = ?, model = ?, reply = ? WHERE id = ? RETURNING judge");
    if (!update) return update.error();
    const JudgeSaid& said = settlement.said;
    const std::string packed =
        settlement.reply.empty() ? std::string() : pack_bytes(settlement.reply);
    // Of a lost reply the price is what the claim thought it might be.
    const bool keeps_usd = settlement.payment == Payment::possible && settlement.usd == 0;
    const auto updated = update->bind(1, settlement.time)
                             .bind(2, static_cast<std::int64_t>(settlement.payment))
                             .bind_real(3, keeps_usd ? std::nullopt : std::optional(settlement.usd))
                             .bind(4, settlement.input_tokens)
                             .bind(5, settlement.output_tokens)
                             .bind(6, settlement.attempts)
                             .bind_real(7, said.score)
                             .bind_text(8, said.reason)
                             .bind_text(9, said.explanation)
                             .bind_text(10, said.model)
                             .bind_blob(11, packed)
                             .bind(12, *exchange)
                             .step();
    if (!updated) return updated.error();
    if (!said.model.empty()) marks_.latest_model[update->integer(0)] = said.model;
    update->reset();

    auto waiting = database_.prepare(
        "SELECT id FROM judgements WHERE exchange = ? AND state = 1"
        " ORDER BY id");
    if (!waiting) return waiting.error();
    std::vector<std::int64_t> ids;
    waiting->bind(1, *exchange);
    for (;;) {
        const auto stepped = waiting->step();
        if (!stepped) return stepped.error();
        if (!*stepped) break;
        ids.push_back(waiting->integer(0));
    }
    auto outcome = database_.prepare(
        "UPDATE judgements SET state = iif(revision > asked_revision, 0, 2), from_cache = ?,"
        " changed = ? WHERE id = ?");
    if (!outcome) return outcome.error();
    for (const std::int64_t id : ids) {
        const bool own = id == as_integer(settlement.judgement);
        if (!own && !said.score) {
            if (auto done = back_to_due(id); !done) return done;
            continue;
        }
        outcome->bind(1, !own).bind(2, as_integer(++marks_.changed));
        if (auto done = outcome->bind(3, id).run(); !done) return done;
    }
    return Done{};
}

Result<Done> JudgeLedgerWriter::release(std::uint64_t judgement) {
    const auto exchange = asked_exchange(judgement);
    if (!exchange) return exchange.error();
    if (*exchange == 0) return Done{};
    if (auto done = run("UPDATE judgements SET state = 0, exchange = NULL WHERE exchange = ?"
                        " AND state = 1",
                        *exchange);
        !done)
        return done;
    return run("DELETE FROM exchanges WHERE id = ?", *exchange);
}

Result<Done> JudgeLedgerWriter::reconcile(UnixNanos now,
                                          const std::function<bool(const std::string&)>& knows_keys,
                                          Reconciled& found) {
    auto open = database_.prepare(
        "SELECT e.judgement, d.definition FROM exchanges e JOIN judgements j ON j.id ="
        " e.judgement JOIN judges d ON d.id = e.judge"
        " WHERE j.state = 1 AND e.settled_ns = 0 AND j.exchange = e.id ORDER BY e.id");
    if (!open) return open.error();
    std::vector<std::pair<std::uint64_t, std::string>> in_flight;
    for (;;) {
        const auto stepped = open->step();
        if (!stepped) return stepped.error();
        if (!*stepped) break;
        in_flight.emplace_back(open->integer(0), open->bytes(1));
    }
    for (const auto& [judgement, judge] : in_flight) {
        if (knows_keys(judge)) {
            ++found.again;
            if (auto done = release(judgement); !done) return done;
            continue;
        }
        ++found.lost;
        Settlement lost{.judgement = judgement, .payment = Payment::possible, .time = now};
        lost.said.reason = reply_lost;
        lost.said.explanation = "The server stopped between the request and its reply.";
        if (auto done = settle(lost); !done) return done;
    }
    return Done{};
}

Result<Done> JudgeLedgerWriter::back_to_due(std::int64_t judgement) {
    return run("UPDATE judgements SET state = 0, exchange = NULL WHERE id = ?", judgement);
}
Result<Done> JudgeLedgerWriter::run(std::string_view sql, std::int64_t parameter) {
    auto statement = database_.prepare(sql);
    if (!statement) return statement.error();
    return statement->bind(1, parameter).run();
}

Result<Done> JudgeLedgerWriter::leave_out(std::span<const std::uint64_t> judgements,
                                          std::string_view reason) {
    auto update = database_.prepare(
        "UPDATE judgements SET state = 3, left_out = ?, changed = ?"
        " WHERE id = ? AND state = 0");
    if (!update) return update.error();
    for (const std::uint64_t judgement : judgements) {
        update->bind_text(1, reason).bind(2, as_integer(++marks_.changed));
        if (auto done = update->bind(3, as_integer(judgement)).run(); !done) return done;
    }
    return Done{};
}

}  // namespace plimsoll::store
