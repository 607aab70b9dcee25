#include "store/sqlite_state.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <system_error>
#include <vector>

#include "base/json.h"
#include "base/sha256.h"
#include "store/sqlite.h"
#include "store/sqlite_datasets.h"
#include "store/sqlite_labels.h"
#include "store/sqlite_run_records.h"
#include "store/sqlite_trust_log.h"
#include "store/set_aside.h"
#include "store/state_database.h"

namespace plimsoll::store {

namespace fs = std::filesystem;

namespace {

Result<Database> open_database(const fs::path& path, const std::string& vfs) {
    auto database = open_state_database(path, vfs);
    if (!database) return database;
    if (auto checked = whole(*database); !checked) return checked.error();
    return database;
}

class SqliteState final : public record::State {
  public:
    explicit SqliteState(Database database) : database_(std::move(database)) {}

    Result<Done> add_key(const record::Key& key) override {
        const std::lock_guard lock(mutex_);
        return in_transaction(database_, [&]() -> Result<Done> {
            auto insert = database_.prepare("INSERT INTO keys VALUES (?, ?, ?, ?, ?, ?)");
            if (!insert) return insert.error();
            if (auto done = insert->bind_text(1, key.id)
                                .bind_text(2, key.secret_hash)
                                .bind_text(3, to_word(key.role))
                                .bind_text(4, key.note)
                                .bind(5, key.created)
                                .bind(6, key.revoked)
                                .run();
                !done)
                return done;
            return database_.run("UPDATE losses SET keys_at_risk = 0");
        });
    }

    Result<std::vector<record::Key>> keys() override {
        const std::lock_guard lock(mutex_);
        auto select = database_.prepare(
            "SELECT id, secret_hash, role, note, created_ns, revoked FROM keys"
            " ORDER BY created_ns, id");
        if (!select) return select.error();
        std::vector<record::Key> keys;
        for (;;) {
            const auto stepped = select->step();
            if (!stepped) return stepped.error();
            if (!*stepped) return keys;
            const auto role = record::key_role_named(select->bytes(2));
            if (!role) continue;  // A role of a newer version opens nothing here.
            keys.push_back({std::string(select->bytes(0)), std::string(select->bytes(1)), *role,
                            std::string(select->bytes(3)), select->integer(4),
                            select->integer(5) != 0});
        }
    }

    Result<Done> revoke_key(const std::string& id) override {
        const std::lock_guard lock(mutex_);
        auto update = database_.prepare("UPDATE keys SET revoked = 1 WHERE id = ? RETURNING id");
        if (!update) return update.error();
        const auto stepped = update->bind_text(1, id).step();
        if (!stepped) return stepped.error();
        if (!*stepped) return Error{fmt::format("no key has the id '{}'", id)};
        update->reset();
        return Done{};
    }

    Result<Done> remember_configuration(
        const record::ConfigurationVersion& configuration) override {
        const std::lock_guard lock(mutex_);
        return in_transaction(database_, [&]() -> Result<Done> {
            auto insert =
                database_.prepare("INSERT OR IGNORE INTO configurations VALUES (?, ?, ?)");
            if (!insert) return insert.error();
            if (auto done = insert->bind_text(1, configuration.version)
                                .bind_text(2, configuration.text)
                                .bind(3, configuration.first_used)
                                .run();
                !done)
                return done;
            return link_configuration(configuration);
        });
    }

    Result<std::vector<record::ConfigurationVersion>> configurations() override {
        const std::lock_guard lock(mutex_);
        auto select = database_.prepare(
            "SELECT version, text, first_used_ns FROM configurations"
            " ORDER BY first_used_ns, version");
        if (!select) return select.error();
        std::vector<record::ConfigurationVersion> versions;
        for (;;) {
            const auto stepped = select->step();
            if (!stepped) return stepped.error();
            if (!*stepped) return versions;
            versions.push_back(
                {std::string(select->bytes(0)), std::string(select->bytes(1)), select->integer(2)});
        }
    }

    /// Also on the evidence trail, which begins with what was saved of the damaged one. There is no
    /// clock here: the time is that of the last link that was saved.
    Result<Done> remember_loss(const std::string& what,
                               const std::vector<record::RunRecord>& links) {
        auto insert = database_.prepare("INSERT INTO losses VALUES (?, 1)");
        if (!insert) return insert.error();
        if (auto done = insert->bind_text(1, what).run(); !done) return done;
        json::Writer result;
        result.begin_object().key("what").value(what).key("links_saved");
        result.value(std::uint64_t{links.size()}).end_object();
        if (auto restored = restore_links(database_, links); !restored) return restored;
        const auto linked = append_link(database_, {.time = links.empty() ? 0 : links.back().time,
                                                    .kind = "loss",
                                                    .subject = "state.db",
                                                    .result = result.take()});
        if (!linked) return linked.error();
        return Done{};
    }

    Result<Done> tell_losses(OpenedState& opened) {
        auto select = database_.prepare("SELECT what, keys_at_risk FROM losses ORDER BY rowid");
        if (!select) return select.error();
        for (;;) {
            const auto stepped = select->step();
            if (!stepped) return stepped.error();
            if (!*stepped) return Done{};
            if (!opened.set_aside.empty()) opened.set_aside += "; ";
            opened.set_aside += select->bytes(0);
            opened.keys_may_be_lost |= select->integer(1) != 0;
        }
    }

    std::vector<record::RunRecord> links() { return readable_links(database_); }

  private:
    /// Another configuration than the one before was taken into use.
    Result<Done> link_configuration(const record::ConfigurationVersion& configuration) {
        auto last = database_.prepare(
            "SELECT configuration FROM run_records WHERE kind = 'configuration'"
            " ORDER BY seq DESC LIMIT 1");
        if (!last) return last.error();
        const auto any = last->step();
        if (!any) return any.error();
        const std::string before(*any ? last->bytes(0) : "");
        last->reset();
        if (before == configuration.version) return Done{};
        json::Writer result;
        result.begin_object().key("before").value(before).key("after");
        result.value(configuration.version).end_object();
        const auto linked = append_link(database_, {.time = configuration.first_used,
                                                    .kind = "configuration",
                                                    .inputs = sha256_hex(configuration.text),
                                                    .configuration = configuration.version,
                                                    .result = result.take()});
        if (!linked) return linked.error();
        return Done{};
    }

    std::mutex mutex_;
    Database database_;
};

/// What rows of a set-aside file can still be read. A key that is read is a key: its hash was made
/// by us, and a flipped bit in it only makes it match nothing. A role that was flipped names none.
/// Answers the evidence trail, which goes back last: what is saved here writes into it again.
std::vector<record::RunRecord> save_rows(const fs::path& aside, SqliteState& into) {
    auto database = Database::open(aside, Database::Mode::existing);
    if (!database) return {};
    SqliteState damaged(std::move(*database));
    if (const auto keys = damaged.keys())
        for (const record::Key& key : *keys)
            if (!into.add_key(key)) break;
    if (const auto versions = damaged.configurations())
        for (const record::ConfigurationVersion& version : *versions)
            if (!into.remember_configuration(version)) break;
    return damaged.links();
}

/// The same of what other stores keep in the file.
void save_others(const fs::path& aside, const fs::path& into) {
    if (const auto damaged = open_sqlite_labels(aside), saved = open_sqlite_labels(into);
        damaged && saved)
        if (const auto labels = (*damaged)->labels({.history = true}))
            if (!(*saved)->put(*labels)) return;
    if (const auto damaged = open_sqlite_trust_log(aside), saved = open_sqlite_trust_log(into);
        damaged && saved)
        if (const auto events = (*damaged)->events())
            if (!(*saved)->append(*events)) return;
    if (const auto damaged = open_sqlite_datasets(aside), saved = open_sqlite_datasets(into);
        damaged && saved)
        if (const auto all = (*damaged)->list())
            for (const record::Dataset& one : *all)
                if (const auto whole = (*damaged)->get(one.name, one.version);
                    whole && whole->has_value() && !(*saved)->put(**whole))
                    return;
}

}  // namespace

Result<OpenedState> open_sqlite_state(const SqliteStateOptions& options) {
    std::error_code error;
    fs::create_directories(options.data_dir, error);
    if (error)
        return Error{fmt::format("create {}: {}", options.data_dir.string(), error.message())};
    const fs::path path = options.data_dir / "state.db";
    const bool existed = fs::exists(path, error);
    if (existed && ::access(path.c_str(), R_OK | W_OK) != 0)
        return Error{fmt::format("open {}: {}", path.string(), std::strerror(errno))};

    OpenedState opened;
    auto database = open_database(path, options.vfs);
    if (!database) {
        const std::string why = database.error().what;
        if (!existed || why.find("newer Plimsoll") != std::string::npos ||
            why.find("locked") != std::string::npos)
            return database.error();
        const auto renamed = set_aside(path);
        if (!renamed) return renamed.error();
        const fs::path& aside = *renamed;
        database = open_database(path, options.vfs);
        if (!database) return database.error();
        auto state = std::make_unique<SqliteState>(std::move(*database));
        const auto links = save_rows(aside, *state);
        save_others(aside, path);
        // After the rows were saved: a saved key does not prove that none is missing.
        if (auto told = state->remember_loss(fmt::format("{} ({})", aside.string(), why), links);
            !told)
            return told.error();
        if (auto told = state->tell_losses(opened); !told) return told.error();
        opened.state = std::move(state);
        return opened;
    }
    auto state = std::make_unique<SqliteState>(std::move(*database));
    if (auto told = state->tell_losses(opened); !told) return told.error();
    opened.state = std::move(state);
    return opened;
}

}  // namespace plimsoll::store
