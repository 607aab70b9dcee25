/// sqlite.h: just enough of SQLite for our files, with our errors. sqlite3.h stays behind
/// sqlite.cc.
///
///   Database::open ──▶ prepare(sql) ──▶ Statement: bind, step, read columns ──▶ reset, again
///
/// A Database and its Statements belong to one thread at a time. Every failure is an Error that
/// says what was being done and to which file. Statements must die before their Database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace plimsoll::store {

/// What a failed step means for whoever wants to read on.
enum class SqliteFault : std::uint8_t {
    none,
    damaged,  ///< The bytes on the disk are not what was written: a page, the header, a read error.
    other,    ///< Full, busy, no file descriptors, no memory: try again later.
};

class Statement {
  public:
    Statement(Statement&&) = default;
    Statement& operator=(Statement&&) = default;

    /// Parameters count from 1. Text and blobs must live until the next reset() or bind.
    Statement& bind(int parameter, std::int64_t value);
    /// NULL for nullopt.
    Statement& bind_real(int parameter, std::optional<double> value);
    Statement& bind_text(int parameter, std::string_view text);
    Statement& bind_blob(int parameter, std::string_view bytes);

    /// True: a row can be read. False: there is none left.
    Result<bool> step();
    /// step() for what gives no rows; resets.
    Result<Done> run();
    void reset();

    /// Columns count from 0; views live until the next step() or reset().
    std::int64_t integer(int column);
    std::optional<double> real(int column);  ///< nullopt for NULL.
    std::string_view bytes(int column);

    SqliteFault fault() const { return fault_; }

  private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    Statement(sqlite3_stmt* statement, std::string file);

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    std::string file_;
    SqliteFault fault_ = SqliteFault::none;
};

class Database {
  public:
    enum class Mode : std::uint8_t { create, existing };

    /// `vfs`: the name of a registered VFS, "" for the default; tests bring one that fails.
    static Result<Database> open(const std::filesystem::path& path, Mode mode,
                                 const std::string& vfs = "");

    Database(Database&&) = default;
    Database& operator=(Database&&) = default;

    Result<Statement> prepare(std::string_view sql);
    /// Runs statements that give no rows we want to see.
    Result<Done> run(const char* sql);
    /// The first column of the first row; the Error says so if there is no row.
    Result<std::int64_t> integer(std::string_view sql);

    /// Pages in the write-ahead log after the last commit of this connection.
    int wal_pages() const { return *wal_pages_; }
    /// Moves what it can from the log to the file, without waiting for anyone.
    Result<Done> checkpoint();
    /// The last connection to close empties the log into the file, unless told not to.
    void leave_wal_on_close();

    /// Why the last call failed.
    SqliteFault fault() const { return fault_; }
    const std::string& file() const { return file_; }

  private:
    struct Close {
        void operator()(sqlite3* database) const;
    };
    Database() = default;
    Error error(std::string_view doing);

    std::string file_;
    std::unique_ptr<int> wal_pages_ =
        std::make_unique<int>(0);  // Behind a pointer: the hook keeps it.
    std::unique_ptr<sqlite3, Close> database_;
    SqliteFault fault_ = SqliteFault::none;
};

}  // namespace plimsoll::store
