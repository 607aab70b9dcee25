#include "store/state_database.h"

#include <fmt/format.h>

namespace plimsoll::store {

namespace {

/// Schema versions, oldest first: step N brings a file from version N-1 to N (PRAGMA user_version).
/// Released steps are never changed; a later version of Plimsoll adds one.
constexpr const char* schema_steps[] = {
    R"sql(
    CREATE TABLE keys (id TEXT PRIMARY KEY, secret_hash TEXT NOT NULL, role TEXT NOT NULL,
        note TEXT NOT NULL, created_ns INTEGER NOT NULL, revoked INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE configurations (version TEXT PRIMARY KEY, text TEXT NOT NULL,
        first_used_ns INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE losses (what TEXT NOT NULL, keys_at_risk INTEGER NOT NULL);
    )sql",
    // score and inclusion: NULL for unsure, and for a probability that nobody knows.
    R"sql(
    CREATE TABLE labels (id INTEGER PRIMARY KEY, interaction BLOB NOT NULL,
        dimension TEXT NOT NULL, annotator TEXT NOT NULL, rubric TEXT NOT NULL, score REAL,
        queued TEXT NOT NULL, inclusion REAL, time_ns INTEGER NOT NULL, note TEXT NOT NULL,
        replaced INTEGER NOT NULL);
    CREATE UNIQUE INDEX labels_that_count ON labels (interaction, dimension, annotator, rubric)
        WHERE replaced = 0;
    CREATE INDEX labels_of_item ON labels (interaction, dimension, annotator, rubric);
    CREATE INDEX labels_of_dimension ON labels (dimension, time_ns);
    )sql",
    R"sql(
    CREATE TABLE label_requests (id INTEGER PRIMARY KEY, interaction BLOB NOT NULL,
        dimension TEXT NOT NULL, reason TEXT NOT NULL, inclusion REAL, time_ns INTEGER NOT NULL,
        UNIQUE (interaction, dimension));
    CREATE TABLE trust_events (id INTEGER PRIMARY KEY, time_ns INTEGER NOT NULL,
        dimension TEXT NOT NULL, evaluator TEXT NOT NULL, version TEXT NOT NULL,
        step TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, probability REAL,
        why TEXT NOT NULL, since_ns INTEGER NOT NULL);
    )sql",
    R"sql(
    CREATE TABLE datasets (id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL,
        created_ns INTEGER NOT NULL, note TEXT NOT NULL, items INTEGER NOT NULL,
        lines BLOB NOT NULL, UNIQUE (name, version));
    )sql",
    R"sql(
    CREATE TABLE findings (id TEXT PRIMARY KEY, since_ns INTEGER NOT NULL, finding TEXT NOT NULL)
        WITHOUT ROWID;
    )sql",
    R"sql(
    CREATE TABLE run_records (seq INTEGER PRIMARY KEY, time_ns INTEGER NOT NULL,
        kind TEXT NOT NULL, subject TEXT NOT NULL, tuple TEXT NOT NULL, from_ns INTEGER NOT NULL,
        to_ns INTEGER NOT NULL, inputs TEXT NOT NULL, configuration TEXT NOT NULL,
        methods TEXT NOT NULL, result TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL);
    CREATE INDEX run_records_of_kind ON run_records (kind, subject, seq);
    )sql",
    // findings and channels: JSON arrays of texts.
    R"sql(
    CREATE TABLE alert_events (id INTEGER PRIMARY KEY, alert TEXT NOT NULL,
        time_ns INTEGER NOT NULL, step TEXT NOT NULL, person TEXT NOT NULL, says TEXT NOT NULL,
        owner TEXT NOT NULL, urgency TEXT NOT NULL, critical INTEGER NOT NULL,
        findings TEXT NOT NULL, asked TEXT NOT NULL, told_ns INTEGER NOT NULL,
        channels TEXT NOT NULL, decision TEXT NOT NULL, link TEXT NOT NULL);
    CREATE TABLE notifications (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        alert TEXT NOT NULL, channel TEXT NOT NULL, step TEXT NOT NULL,
        created_ns INTEGER NOT NULL, due_ns INTEGER NOT NULL, message TEXT NOT NULL,
        repeat_ns INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
        next_ns INTEGER NOT NULL, delivered_ns INTEGER NOT NULL, error TEXT NOT NULL);
    CREATE INDEX notifications_pending ON notifications (channel, next_ns)
        WHERE state = 'pending';
    CREATE INDEX notifications_of_alert ON notifications (alert, channel);
    )sql",
    R"sql(
    CREATE TABLE late_reasons (seq INTEGER PRIMARY KEY, interaction BLOB NOT NULL,
        reasons INTEGER NOT NULL, time_ns INTEGER NOT NULL, UNIQUE (interaction, reasons));
    )sql",
};

}  // namespace

Result<Database> open_state_database(const std::filesystem::path& path, const std::string& vfs) {
    auto database = Database::open(path, Database::Mode::create, vfs);
    if (!database) return database;
    if (auto set = database->run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"); !set)
        return set.error();
    if (auto ready = bring_up_to_date(*database, schema_steps); !ready) return ready.error();
    return database;
}

Result<Done> whole(Database& database) {
    auto check = database.prepare("PRAGMA quick_check(1)");
    if (!check) return check.error();
    const auto stepped = check->step();
    if (!stepped) return stepped.error();
    if (!*stepped || check->bytes(0) != "ok")
        return Error{fmt::format("{}: {}", database.file(), check->bytes(0))};
    return Done{};
}

}  // namespace plimsoll::store
