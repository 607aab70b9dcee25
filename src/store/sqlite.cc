#include "store/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace plimsoll::store {

namespace {

SqliteFault fault_of(int extended) {
    switch (extended & 0xFF) {
        case SQLITE_OK:
        case SQLITE_ROW:
        case SQLITE_DONE:
            return SqliteFault::none;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_FORMAT:
            return SqliteFault::damaged;
        // "no such table", "malformed schema": our SQL is constant, so the file is to blame.
        case SQLITE_ERROR:
            return SqliteFault::damaged;
        case SQLITE_IOERR:
            return extended == SQLITE_IOERR_READ || extended == SQLITE_IOERR_SHORT_READ ||
                           extended == SQLITE_IOERR_CORRUPTFS || extended == SQLITE_IOERR_DATA
                       ? SqliteFault::damaged
                       : SqliteFault::other;
        default:
            return SqliteFault::other;
    }
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement::Statement(sqlite3_stmt* statement, std::string file)
    : statement_(statement), file_(std::move(file)) {}

Statement& Statement::bind(int parameter, std::int64_t value) {
    sqlite3_bind_int64(statement_.get(), parameter, value);
    return *this;
}

Statement& Statement::bind_real(int parameter, std::optional<double> value) {
    if (value)
        sqlite3_bind_double(statement_.get(), parameter, *value);
    else
        sqlite3_bind_null(statement_.get(), parameter);
    return *this;
}

Statement& Statement::bind_text(int parameter, std::string_view text) {
    sqlite3_bind_text64(statement_.get(), parameter, text.empty() ? "" : text.data(), text.size(),
                        SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind_blob(int parameter, std::string_view bytes) {
    sqlite3_bind_blob64(statement_.get(), parameter, bytes.empty() ? "" : bytes.data(),
                        bytes.size(), SQLITE_STATIC);
    return *this;
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW || code == SQLITE_DONE) {
        fault_ = SqliteFault::none;
        return code == SQLITE_ROW;
    }
    sqlite3* const database = sqlite3_db_handle(statement_.get());
    fault_ = fault_of(sqlite3_extended_errcode(database));
    return Error{fmt::format("{}: {}", file_, sqlite3_errmsg(database))};
}

Result<Done> Statement::run() {
    const auto stepped = step();
    sqlite3_reset(statement_.get());
    if (!stepped) return stepped.error();
    return Done{};
}

void Statement::reset() {
    sqlite3_reset(statement_.get());
}

std::int64_t Statement::integer(int column) {
    return sqlite3_column_int64(statement_.get(), column);
}

std::optional<double> Statement::real(int column) {
    if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL) return std::nullopt;
    return sqlite3_column_double(statement_.get(), column);
}

std::string_view Statement::bytes(int column) {
    const void* data = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return data ? std::string_view(static_cast<const char*>(data), size) : std::string_view();
}

void Database::Close::operator()(sqlite3* database) const {
    sqlite3_close_v2(database);
}

Result<Database> Database::open(const std::filesystem::path& path, Mode mode,
                                const std::string& vfs) {
    Database database;
    database.file_ = path.string();
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (mode == Mode::create ? SQLITE_OPEN_CREATE : 0);
    const int code =
        sqlite3_open_v2(path.c_str(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
    database.database_.reset(handle);
    if (code != SQLITE_OK) {
        const char* why = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
        return Error{fmt::format("open {}: {}", path.string(), why)};
    }
    sqlite3_busy_timeout(handle, 5'000);
    // Takes the place of SQLite's automatic checkpoints: when to do them is our business.
    sqlite3_wal_hook(
        handle,
        [](void* pages_seen, sqlite3*, const char*, int pages) {
            *static_cast<int*>(pages_seen) = pages;
            return SQLITE_OK;
        },
        database.wal_pages_.get());
    // What a stranger wrote into the schema of a file must not run inside us.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    return database;
}

Error Database::error(std::string_view doing) {
    fault_ = fault_of(sqlite3_extended_errcode(database_.get()));
    return Error{fmt::format("{} {}: {}", doing, file_, sqlite3_errmsg(database_.get()))};
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        return error("read");
    return Statement(statement, file_);
}

Result<Done> Database::run(const char* sql) {
    if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return error(std::string_view(sql).substr(0, std::string_view(sql).find(' ')));
    return Done{};
}

Result<std::int64_t> Database::integer(std::string_view sql) {
    auto statement = prepare(sql);
    if (!statement) return statement.error();
    const auto stepped = statement->step();
    fault_ = statement->fault();
    if (!stepped) return stepped.error();
    if (!*stepped) return Error{fmt::format("{}: no row for {}", file_, sql)};
    return statement->integer(0);
}

Result<Done> Database::checkpoint() {
    if (sqlite3_wal_checkpoint_v2(database_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                  nullptr) != SQLITE_OK)
        return error("checkpoint");
    return Done{};
}

void Database::leave_wal_on_close() {
    sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

}  // namespace plimsoll::store
