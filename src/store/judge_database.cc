#include "store/judge_database.h"

#include "store/sqlite_schema.h"

namespace plimsoll::store {

namespace {

/// state: record::JudgementState. payment: record::Payment. inclusion NULL: outside the sampler.
constexpr const char* schema_steps[] = {
    R"sql(
    CREATE TABLE judges (id INTEGER PRIMARY KEY, definition TEXT NOT NULL UNIQUE);
    CREATE TABLE judgements (id INTEGER PRIMARY KEY, trace BLOB NOT NULL, judge INTEGER NOT NULL,
        occasion TEXT NOT NULL, revision INTEGER NOT NULL, arrived_ns INTEGER NOT NULL,
        priority INTEGER NOT NULL, inclusion REAL, reasons INTEGER NOT NULL, stratum TEXT NOT NULL,
        state INTEGER NOT NULL, asked_revision INTEGER NOT NULL, exchange INTEGER,
        from_cache INTEGER NOT NULL, left_out TEXT NOT NULL, changed INTEGER NOT NULL);
    CREATE UNIQUE INDEX judgement_of ON judgements (trace, judge, occasion);
    CREATE INDEX judgements_due ON judgements (judge, priority DESC, id) WHERE state = 0;
    CREATE INDEX judgements_in_flight ON judgements (id) WHERE state = 1;
    CREATE INDEX judgements_changed ON judgements (changed);
    CREATE INDEX judgements_of_exchange ON judgements (exchange) WHERE exchange IS NOT NULL;
    CREATE TABLE exchanges (id INTEGER PRIMARY KEY, judge INTEGER NOT NULL, content BLOB NOT NULL,
        occasion TEXT NOT NULL, current INTEGER NOT NULL, judgement INTEGER NOT NULL,
        claimed_ns INTEGER NOT NULL, settled_ns INTEGER NOT NULL, payment INTEGER NOT NULL,
        usd REAL NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,
        attempts INTEGER NOT NULL, score REAL, reason TEXT NOT NULL, explanation TEXT NOT NULL,
        model TEXT NOT NULL, request BLOB NOT NULL, reply BLOB NOT NULL);
    CREATE UNIQUE INDEX exchange_of ON exchanges (content, judge, occasion) WHERE current = 1;
    CREATE INDEX exchanges_by_day ON exchanges (claimed_ns);
    )sql",
    R"sql(
    CREATE INDEX judgements_on_occasion ON judgements (judge, occasion, id) WHERE occasion <> '';
    CREATE INDEX judgements_settled ON judgements (judge, changed) WHERE occasion = '' AND state = 2;
    )sql",
};

}  // namespace

Result<Database> open_judge_database(const std::filesystem::path& path, const std::string& vfs) {
    auto database = Database::open(path, Database::Mode::create, vfs);
    if (!database) return database;
    if (auto set = database->run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                                 " PRAGMA secure_delete=ON;");
        !set)
        return set.error();
    if (auto ready = bring_up_to_date(*database, schema_steps); !ready) return ready.error();
    return database;
}

}  // namespace plimsoll::store
