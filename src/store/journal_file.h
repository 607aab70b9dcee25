/// journal_file.h: one file of the journal: a stretch of rows, numbered without a gap.
///
///   2026-01-05.db     meta: first_seq 1      rows 1, 2, … 40
///   2026-01-05.2.db   meta: first_seq 41     rows 41, …           begun after a fault of the disk
///   2026-01-06.db     meta: first_seq 97     rows 97, …
///
/// A file is made whole under another name and renamed, so that one which lacks its tables was
/// damaged, not interrupted. Appending is for one thread; each reader has its own JournalReader.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/journal_row.h"
#include "store/sqlite.h"

namespace plimsoll::store {

/// "2026-01-05.2.db" → {"2026-01-05", 2}; nullopt for a name that is not one of ours.
struct JournalFileName {
    std::string day;
    unsigned part = 1;

    static std::optional<JournalFileName> parse(const std::string& name);
    std::string text() const;
    auto operator<=>(const JournalFileName&) const = default;
};

/// Makes an empty file that begins with `first_seq`, durable under its final name.
Result<Done> create_journal_file(const std::filesystem::path& path, std::uint64_t first_seq,
                                 const std::string& vfs);

/// Hands over rows one by one, in any order; some may come twice.
using RowSource = std::function<Result<Done>(const std::function<Result<Done>(const PackedRow&)>&)>;

/// Makes a file of saved rows; it begins with the lowest of their numbers. No file if there are
/// none.
Result<std::uint64_t> create_journal_file(const std::filesystem::path& path, const RowSource& rows,
                                          const std::string& vfs);

/// Bytes of a page in every file of ours.
inline constexpr std::size_t journal_page_bytes = 16'384;

/// What stands in a file, read without touching the bodies.
struct JournalFileBounds {
    std::uint64_t first_seq = 1;  ///< That the file was begun with.
    std::uint64_t last_seq = 0;   ///< first_seq - 1 if the file is empty.
    std::uint64_t raw_total = 0;
    UnixNanos received = 0;  ///< Of the last row; 0 if the file is empty.
};

class JournalAppender {
  public:
    static Result<JournalAppender> open(const std::filesystem::path& path, const std::string& vfs);

    /// All rows, synced, or none.
    Result<Done> commit(std::span<const PackedRow> rows);

    Result<Done> checkpoint() { return database_.checkpoint(); }
    std::uint64_t wal_bytes() const;
    const std::string& file() const { return database_.file(); }

    /// Takes back what a failed commit may have left in the log, so that no later reader of the
    /// file sees it, and closes without another word to the disk.
    void abandon() &&;

  private:
    JournalAppender(Database database, Statement insert)
        : database_(std::move(database)), insert_(std::move(insert)) {}
    Database database_;
    Statement insert_;
};

class JournalReader {
  public:
    static Result<JournalReader> open(const std::filesystem::path& path, const std::string& vfs);

    Result<JournalFileBounds> bounds();

    /// Calls `row` for rows from `first` to `last` in order until it answers false; `damaged` for
    /// every stretch of numbers that cannot be read. An Error only where trying again may help.
    Result<Done> read(
        std::uint64_t first, std::uint64_t last, const std::function<bool(PackedRow)>& row,
        const std::function<void(std::uint64_t, std::uint64_t, std::string)>& damaged);

  private:
    JournalReader(Database database, Statement select)
        : database_(std::move(database)), select_(std::move(select)) {}
    PackedRow current();
    Database database_;
    Statement select_;
};

}  // namespace plimsoll::store
