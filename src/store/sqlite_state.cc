#include "store/sqlite_state.h"

#include <mutex>

#include <fmt/format.h>

#include "store/sqlite.h"

namespace plimsoll::store {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view damaged_mark = "state.db.damaged-";

constexpr const char* schema = R"(
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA busy_timeout = 5000;
    CREATE TABLE IF NOT EXISTS keys (
        id TEXT PRIMARY KEY, secret_hash TEXT NOT NULL, role TEXT NOT NULL, note TEXT NOT NULL,
        created INTEGER NOT NULL, revoked INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS configurations (
        version TEXT PRIMARY KEY, text TEXT NOT NULL, first_used INTEGER NOT NULL) STRICT;
)";

class SqliteState : public record::State {
  public:
    explicit SqliteState(Database database) : database_(std::move(database)) {}

    Result<Done> add_key(const record::Key& key) override {
        const std::scoped_lock lock(mutex_);
        auto insert = database_.prepare("INSERT INTO keys VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        if (!insert) return insert.error();
        insert->bind_text(1, key.id).bind_text(2, key.secret_hash);
        insert->bind_text(3, to_word(key.role)).bind_text(4, key.note);
        return insert->bind(5, key.created).bind(6, key.revoked).run();
    }

    Result<std::vector<record::Key>> keys() override {
        const std::scoped_lock lock(mutex_);
        auto rows = database_.prepare(
            "SELECT id, secret_hash, role, note, created, revoked FROM keys ORDER BY created, id");
        if (!rows) return rows.error();
        std::vector<record::Key> keys;
        for (;;) {
            const auto more = rows->step();
            if (!more) return more.error();
            if (!*more) return keys;
            const auto role = record::key_role_named(rows->bytes(2));
            if (!role) continue;  // Of a later version of ours: it opens nothing here.
            keys.push_back({.id = std::string(rows->bytes(0)),
                            .secret_hash = std::string(rows->bytes(1)),
                            .role = *role,
                            .note = std::string(rows->bytes(3)),
                            .created = rows->integer(4),
                            .revoked = rows->integer(5) != 0});
        }
    }

    Result<Done> revoke_key(const std::string& id) override {
        const std::scoped_lock lock(mutex_);
        auto update = database_.prepare(
            "UPDATE keys SET revoked = 1 WHERE id = ?1 AND revoked = 0 RETURNING id");
        if (!update) return update.error();
        const auto found = update->bind_text(1, id).step();
        if (!found) return found.error();
        if (!*found)
            return Error{
                fmt::format("no key '{}' that is not revoked already; "
                            "`plimsoll key list` shows them",
                            id)};
        while (true) {  // The change is kept only once the statement has run to its end.
            const auto more = update->step();
            if (!more) return more.error();
            if (!*more) return Done{};
        }
    }

    Result<Done> remember_configuration(
        const record::ConfigurationVersion& configuration) override {
        const std::scoped_lock lock(mutex_);
        auto insert = database_.prepare("INSERT OR IGNORE INTO configurations VALUES (?1, ?2, ?3)");
        if (!insert) return insert.error();
        insert->bind_text(1, configuration.version).bind_text(2, configuration.text);
        return insert->bind(3, configuration.first_used).run();
    }

    Result<std::vector<record::ConfigurationVersion>> configurations() override {
        const std::scoped_lock lock(mutex_);
        auto rows = database_.prepare(
            "SELECT version, text, first_used FROM configurations ORDER BY first_used, version");
        if (!rows) return rows.error();
        std::vector<record::ConfigurationVersion> versions;
        for (;;) {
            const auto more = rows->step();
            if (!more) return more.error();
            if (!*more) return versions;
            versions.push_back({.version = std::string(rows->bytes(0)),
                                .text = std::string(rows->bytes(1)),
                                .first_used = rows->integer(2)});
        }
    }

  private:
    std::mutex mutex_;
    Database database_;
};

/// Opens, makes the tables, and reads every page once. `damaged` is set if the bytes are at fault,
/// not a full disk or a lock.
Result<Database> open_whole(const fs::path& path, bool& damaged) {
    auto database = Database::open(path, Database::Mode::create);
    if (!database) return database.error();
    if (auto made = database->run(schema); !made) {
        damaged = database->fault() == SqliteFault::damaged;
        return made.error();
    }
    const auto well = database->integer("SELECT quick_check = 'ok' FROM pragma_quick_check(1)");
    if (well && *well == 1) return std::move(*database);
    damaged = well || database->fault() == SqliteFault::damaged;
    return well ? Error{fmt::format("read {}: the file is damaged", path.string())} : well.error();
}

/// A set-aside file in the directory; "" if there is none.
std::string find_set_aside(const fs::path& data_dir) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(data_dir, ignored))
        if (const std::string name = entry.path().filename().string();
            name.starts_with(damaged_mark))
            return name;
    return "";
}

Result<Done> set_aside(const fs::path& data_dir) {
    for (int number = 1;; ++number) {
        const fs::path aside = data_dir / fmt::format("{}{}", damaged_mark, number);
        if (fs::exists(aside)) continue;
        std::error_code failed;
        fs::rename(data_dir / "state.db", aside, failed);
        if (failed)
            return Error{fmt::format("rename {} to {}: {}", (data_dir / "state.db").string(),
                                     aside.string(), failed.message())};
        for (const char* suffix : {"-wal", "-shm"}) {
            std::error_code ignored;  // There may be none.
            fs::remove(data_dir / (std::string("state.db") + suffix), ignored);
        }
        return Done{};
    }
}

}  // namespace

Result<OpenedState> open_sqlite_state(const SqliteStateOptions& options) {
    std::error_code failed;
    fs::create_directories(options.data_dir, failed);
    if (failed)
        return Error{fmt::format("make {}: {}", options.data_dir.string(), failed.message())};
    const fs::path path = options.data_dir / "state.db";
    bool damaged = false;
    auto database = open_whole(path, damaged);
    if (!database && damaged) {
        if (const auto moved = set_aside(options.data_dir); !moved) return moved.error();
        database = open_whole(path, damaged);
    }
    if (!database) return database.error();

    OpenedState opened{std::make_unique<SqliteState>(std::move(*database)), ""};
    const auto keys = opened.state->keys();
    if (!keys) return keys.error();
    if (keys->empty()) opened.set_aside = find_set_aside(options.data_dir);
    return opened;
}

}  // namespace plimsoll::store
