#include "store/journal_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <system_error>

namespace plimsoll::store {

namespace {

constexpr const char* columns =
    "seq, received_ns, span_count, raw_bytes, raw_total, checksum, body";

/// Makes a name that was created or renamed survive a power cut.
void sync_directory(const std::filesystem::path& directory) {
    const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

Result<Statement> prepare_insert(Database& database, const char* insert) {
    return database.prepare(
        fmt::format("{} INTO journal ({}) VALUES (?, ?, ?, ?, ?, ?, ?)", insert, columns));
}

Result<Done> insert_row(Statement& insert, const PackedRow& row) {
    return insert.bind(1, static_cast<std::int64_t>(row.seq))
        .bind(2, row.received)
        .bind(3, static_cast<std::int64_t>(row.span_count))
        .bind(4, static_cast<std::int64_t>(row.raw_bytes))
        .bind(5, static_cast<std::int64_t>(row.raw_total))
        .bind(6, static_cast<std::int64_t>(row.checksum))
        .bind_blob(7, row.body)
        .run();
}

void remove_with_log(const std::filesystem::path& path) {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"})
        std::filesystem::remove(path.string() + suffix, ignored);
}

/// Fills `path` and leaves no log behind. The number of rows put in.
Result<std::uint64_t> build(const std::filesystem::path& path,
                            std::optional<std::uint64_t> first_seq, const RowSource& rows,
                            const std::string& vfs) {
    auto database = Database::open(path, Database::Mode::create, vfs);
    if (!database) return database.error();
    const std::string schema = fmt::format(
        "PRAGMA page_size={};"
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=FULL;"
        "BEGIN IMMEDIATE;"
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
        "INSERT INTO meta VALUES ('format', 1), ('first_seq', {});"
        "CREATE TABLE journal (seq INTEGER PRIMARY KEY, received_ns INTEGER NOT NULL,"
        " span_count INTEGER NOT NULL, raw_bytes INTEGER NOT NULL, raw_total INTEGER NOT NULL,"
        " checksum INTEGER NOT NULL, body BLOB NOT NULL);",
        journal_page_bytes, first_seq.value_or(1));
    if (auto made = database->run(schema.c_str()); !made) return made.error();
    std::uint64_t count = 0;
    if (rows) {
        auto insert = prepare_insert(*database, "INSERT OR IGNORE");
        if (!insert) return insert.error();
        auto inserted = rows([&](const PackedRow& row) -> Result<Done> {
            // Small transactions: a saved file may be larger than the memory.
            if (++count % 64 == 0)
                if (auto cut = database->run("COMMIT; BEGIN IMMEDIATE"); !cut) return cut;
            return insert_row(*insert, row);
        });
        if (!inserted) return inserted.error();
        auto set = database->run(
            "UPDATE meta SET value = coalesce((SELECT min(seq) FROM journal), value)"
            " WHERE key = 'first_seq'");
        if (!set) return set.error();
    }
    if (auto committed = database->run("COMMIT"); !committed) return committed.error();
    // Done here, where an Error can be told: closing does the same, but silently.
    if (auto moved = database->run("PRAGMA wal_checkpoint(TRUNCATE)"); !moved) return moved.error();
    return count;
}

Result<std::uint64_t> build_and_rename(const std::filesystem::path& path,
                                       std::optional<std::uint64_t> first_seq,
                                       const RowSource& rows, const std::string& vfs) {
    const std::filesystem::path unfinished = path.string() + ".new";
    remove_with_log(unfinished);
    auto built = build(unfinished, first_seq, rows, vfs);
    if (!built || (rows && *built == 0)) {
        remove_with_log(unfinished);
        return built;
    }
    std::error_code error;
    for (const char* suffix : {"-wal", "-shm"})
        std::filesystem::remove(unfinished.string() + suffix, error);
    std::filesystem::rename(unfinished, path, error);
    if (error) {
        remove_with_log(unfinished);
        return Error{fmt::format("create {}: {}", path.string(), error.message())};
    }
    sync_directory(path.parent_path());
    return built;
}

}  // namespace

std::optional<JournalFileName> JournalFileName::parse(const std::string& name) {
    constexpr std::size_t day_size = 10;
    if (name.size() < day_size + 3 || !name.ends_with(".db")) return std::nullopt;
    JournalFileName parsed{.day = name.substr(0, day_size)};
    for (std::size_t i = 0; i < day_size; ++i) {
        const bool dash = i == 4 || i == 7;
        if (dash ? name[i] != '-' : name[i] < '0' || name[i] > '9') return std::nullopt;
    }
    const std::string_view middle =
        std::string_view(name).substr(day_size, name.size() - day_size - 3);
    if (middle.empty()) return parsed;
    if (middle[0] != '.') return std::nullopt;
    const auto [end, error] =
        std::from_chars(middle.data() + 1, middle.data() + middle.size(), parsed.part);
    if (error != std::errc{} || end != middle.data() + middle.size() || parsed.part < 2)
        return std::nullopt;
    return parsed;
}

std::string JournalFileName::text() const {
    return part == 1 ? day + ".db" : fmt::format("{}.{}.db", day, part);
}

Result<Done> create_journal_file(const std::filesystem::path& path, std::uint64_t first_seq,
                                 const std::string& vfs) {
    auto created = build_and_rename(path, first_seq, nullptr, vfs);
    if (!created) return created.error();
    return Done{};
}

Result<std::uint64_t> create_journal_file(const std::filesystem::path& path, const RowSource& rows,
                                          const std::string& vfs) {
    return build_and_rename(path, std::nullopt, rows, vfs);
}

Result<JournalAppender> JournalAppender::open(const std::filesystem::path& path,
                                              const std::string& vfs) {
    auto database = Database::open(path, Database::Mode::existing, vfs);
    if (!database) return database.error();
    // journal_size_limit: a log that grew because a reader held it shrinks again.
    if (auto set = database->run("PRAGMA synchronous=FULL;"
                                 "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-4096;");
        !set)
        return set.error();
    auto insert = prepare_insert(*database, "INSERT");
    if (!insert) return insert.error();
    return JournalAppender(std::move(*database), std::move(*insert));
}

Result<Done> JournalAppender::commit(std::span<const PackedRow> rows) {
    if (auto begun = database_.run("BEGIN IMMEDIATE"); !begun) return begun;
    Result<Done> done = Done{};
    for (const PackedRow& row : rows)
        if (done) done = insert_row(insert_, row);
    if (done) done = database_.run("COMMIT");
    if (!done) {
        // A failed COMMIT has rolled back already, or not; both are well.
        if (auto rolled_back = database_.run("ROLLBACK"); !rolled_back) return done;
    }
    return done;
}

std::uint64_t JournalAppender::wal_bytes() const {
    return static_cast<std::uint64_t>(database_.wal_pages()) * (journal_page_bytes + 24);
}

void JournalAppender::abandon() && {
    // After a failed fsync the log may hold the whole refused transaction, and whoever recovers the
    // log would believe it. The shared-memory header says how many frames are committed: SQLite
    // moves that number only after the sync (wal.c, walIndexWriteHdr). Cut the log there.
    const std::string wal = database_.file() + "-wal";
    const std::string shm = database_.file() + "-shm";
    const int descriptor = ::open(shm.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor >= 0) {
        std::uint8_t header[20];
        if (::pread(descriptor, header, sizeof header, 0) == sizeof header) {
            std::uint32_t frames;  // WalIndexHdr.mxFrame, native byte order.
            std::memcpy(&frames, header + 16, sizeof frames);
            const std::uint64_t keep =
                frames == 0 ? 0 : 32 + std::uint64_t{frames} * (journal_page_bytes + 24);
            std::error_code error;
            if (std::filesystem::file_size(wal, error) > keep && !error)
                std::filesystem::resize_file(wal, keep, error);
        }
        ::close(descriptor);
    }
    database_.leave_wal_on_close();
    const JournalAppender closing = std::move(*this);
}

Result<JournalReader> JournalReader::open(const std::filesystem::path& path,
                                          const std::string& vfs) {
    auto database = Database::open(path, Database::Mode::existing, vfs);
    if (!database) return database.error();
    if (auto set = database->run("PRAGMA query_only=1; PRAGMA cache_size=-2048;"); !set)
        return set.error();
    auto select = database->prepare(
        fmt::format("SELECT {} FROM journal WHERE seq BETWEEN ? AND ? ORDER BY seq", columns));
    if (!select) return select.error();
    return JournalReader(std::move(*database), std::move(*select));
}

Result<JournalFileBounds> JournalReader::bounds() {
    JournalFileBounds bounds;
    const auto first = database_.integer("SELECT value FROM meta WHERE key = 'first_seq'");
    if (!first) return first.error();
    bounds.first_seq = static_cast<std::uint64_t>(*first);
    bounds.last_seq = bounds.first_seq - 1;
    auto last = database_.prepare(
        "SELECT seq, raw_total, received_ns FROM journal ORDER BY seq DESC LIMIT 1");
    if (!last) return last.error();
    const auto stepped = last->step();
    if (!stepped) return stepped.error();
    if (*stepped) {
        bounds.last_seq = static_cast<std::uint64_t>(last->integer(0));
        bounds.raw_total = static_cast<std::uint64_t>(last->integer(1));
        bounds.received = last->integer(2);
    }
    if (*first < 1 || bounds.last_seq + 1 < bounds.first_seq || bounds.last_seq > (1ull << 60))
        return Error{fmt::format("{}: impossible row numbers", database_.file())};
    return bounds;
}

PackedRow JournalReader::current() {
    PackedRow row;
    row.seq = static_cast<std::uint64_t>(select_.integer(0));
    row.received = select_.integer(1);
    row.span_count = static_cast<std::uint64_t>(select_.integer(2));
    row.raw_bytes = static_cast<std::uint64_t>(select_.integer(3));
    row.raw_total = static_cast<std::uint64_t>(select_.integer(4));
    row.checksum = static_cast<std::uint64_t>(select_.integer(5));
    row.body = select_.bytes(6);
    return row;
}

Result<Done> JournalReader::read(
    std::uint64_t first, std::uint64_t last, const std::function<bool(PackedRow)>& visit,
    const std::function<void(std::uint64_t, std::uint64_t, std::string)>& damaged) {
    std::uint64_t expected = first;  // Numbers have no gaps, so whatever is skipped was damaged.
    std::uint64_t from = first;      // Where to look; runs ahead of `expected` over damaged pages.
    std::uint64_t failures = 0;
    std::string why = "the row is missing";
    const auto skip_to = [&](std::uint64_t next) {
        if (next > expected) damaged(expected, next - 1, why);
        expected = from = next;
    };
    while (from <= last) {
        select_.reset();
        select_.bind(1, static_cast<std::int64_t>(from)).bind(2, static_cast<std::int64_t>(last));
        for (;;) {
            const auto stepped = select_.step();
            if (!stepped) {
                if (select_.fault() != SqliteFault::damaged) {
                    select_.reset();
                    return stepped.error();
                }
                why = stepped.error().what;
                // The page under `from` is bad. Numbers are tried one by one, since what follows
                // the page may be good; only behind a damaged inner page, over 100,000 rows, in
                // strides.
                from = std::max(from, expected) + (++failures < 100'000 ? 1 : 4'096);
                break;
            }
            if (!*stepped) {
                select_.reset();
                skip_to(last + 1);
                return Done{};
            }
            PackedRow row = current();
            if (!row.intact() || row.seq < from || row.seq > last) {
                // Its number is as doubtful as the rest of it.
                why = "the checksum differs";
                from = std::max(from, expected) + 1;
                break;
            }
            skip_to(row.seq);
            expected = from = row.seq + 1;
            if (!visit(std::move(row))) {
                select_.reset();
                return Done{};
            }
        }
    }
    select_.reset();
    skip_to(last + 1);
    return Done{};
}

}  // namespace plimsoll::store
