/// duck.h: just enough of DuckDB's C API, with our errors. duckdb.h stays behind duck.cc.
///
///   DuckDatabase::open ──▶ connect() ──▶ ask(sql, parameters) ──▶ Answer: rows, column by column
///                                    └─▶ DuckAppender: rows into a table, 2,048 at a time
///
/// A connection belongs to one thread at a time; a database gives out any number of them. What
/// comes from outside goes in as parameters, never as SQL (A11).
#pragma once

#include <cassert>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/result.h"

namespace plimsoll::store {

/// How DuckDB keeps a TraceId: a UHUGEINT that sorts as the bytes do.
struct DuckTrace {
    std::uint64_t lower = 0;
    std::uint64_t upper = 0;

    static DuckTrace of(TraceId trace);
    TraceId trace() const;
};

using DuckParameter = std::variant<bool, std::int64_t, std::uint64_t, double, std::string, TraceId,
                                   std::vector<std::uint64_t>, std::vector<TraceId>>;

/// The rows of one answer, front to back.
class DuckAnswer {
  public:
    DuckAnswer(DuckAnswer&&) noexcept;
    DuckAnswer& operator=(DuckAnswer&&) noexcept;
    ~DuckAnswer();

    /// Moves to the next row (before the first at the start); false behind the last.
    bool next();

    /// The cell of the current row. T must be what the column holds: std::uint32_t for UINTEGER, ….
    template <class T>
    T get(std::size_t column) const {
        return static_cast<const T*>(data_[column])[row_];
    }
    bool is_null(std::size_t column) const;
    template <class T>
    std::optional<T> maybe(std::size_t column) const {
        if (is_null(column)) return std::nullopt;
        return get<T>(column);
    }
    /// VARCHAR or BLOB; "" if NULL.
    std::string text(std::size_t column) const;

  private:
    friend class DuckConnection;
    struct Held;
    explicit DuckAnswer(std::unique_ptr<Held> held);
    std::unique_ptr<Held> held_;
    std::vector<const void*> data_;
    std::size_t row_ = 0;
    std::size_t rows_ = 0;
};

class DuckConnection {
  public:
    DuckConnection(DuckConnection&&) noexcept;
    DuckConnection& operator=(DuckConnection&&) noexcept;
    ~DuckConnection();

    Result<DuckAnswer> ask(const std::string& sql,
                           const std::vector<DuckParameter>& parameters = {});
    /// Statements whose rows nobody reads.
    Result<Done> run(const std::string& sql, const std::vector<DuckParameter>& parameters = {});
    /// Several of them, and those that DuckDB makes into several.
    Result<Done> run_script(const std::string& sql);

  private:
    friend class DuckDatabase;
    friend class DuckAppender;
    struct Held;
    explicit DuckConnection(std::unique_ptr<Held> held);
    std::unique_ptr<Held> held_;
};

/// Rows into one table, inside the connection's transaction. Set every column of a row, then
/// end_row(). Strings must be clean_text: DuckDB trusts them, and a file with half a character in
/// it does not open again.
class DuckAppender {
  public:
    static Result<DuckAppender> open(DuckConnection& connection, const char* table);
    DuckAppender(DuckAppender&&) noexcept;
    DuckAppender& operator=(DuckAppender&&) noexcept;
    ~DuckAppender();

    template <class T>
    DuckAppender& set(T value) {
        static_cast<T*>(data_[column_++])[row_] = value;
        return *this;
    }
    template <class T>
    DuckAppender& set(const std::optional<T>& value) {
        return value ? set<T>(*value) : null();
    }
    DuckAppender& null();
    DuckAppender& text(std::string_view clean);
    DuckAppender& blob(std::string_view bytes) { return text(bytes); }
    Result<Done> end_row();
    Result<Done> finish();

  private:
    struct Held;
    explicit DuckAppender(std::unique_ptr<Held> held);
    Result<Done> flush();
    void take_vectors();
    std::unique_ptr<Held> held_;
    std::vector<void*> data_;
    std::size_t column_ = 0;
    std::size_t row_ = 0;
};

class DuckDatabase {
  public:
    struct Options {
        std::size_t memory_bytes = 512u << 20;
        unsigned threads = 2;
        bool read_only = false;
        bool other_files = false;  ///< May read and write files beside its own.
    };
    static Result<DuckDatabase> open(const std::filesystem::path& path, const Options& options);
    DuckDatabase(DuckDatabase&&) noexcept;
    DuckDatabase& operator=(DuckDatabase&&) noexcept;
    ~DuckDatabase();

    Result<DuckConnection> connect();

  private:
    struct Held;
    explicit DuckDatabase(std::unique_ptr<Held> held);
    std::unique_ptr<Held> held_;
};

}  // namespace plimsoll::store
