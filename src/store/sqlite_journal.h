/// sqlite_journal.h: the journal as SQLite files, one a day, under `DIR/journal/`.
///
///   append ──▶ waiting ──▶ writer thread: group ──▶ rows of ~1 MiB, zstd ──▶ one commit, one fsync
///                ▲                                                                   │
///                └── while a commit runs, the next group forms by itself ◀── done(seq), …
///
/// An idle journal commits a lone body at once. A checkpoint of the write-ahead log runs beside the
/// writer; the writer does only the rest that grew meanwhile.
///
/// Faults of the disk: every waiting body is answered with the Error, the refused rows are cut off
/// the log, and the next group begins a new file; a file whose fsync failed is never written again.
/// Below the disk reserve appends are refused before SQLite meets a full disk. Damage costs the
/// rows that stood on it: they are reported in status().damage, what can be saved of a file that
/// does not open is saved, the file itself is set aside as `….damaged-N`, and row numbers never go
/// back.
///
/// Takes the lock of the data directory (data_lock.h): open the journal before anything else of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "record/journal.h"

namespace plimsoll::store {

struct SqliteJournalOptions {
    std::filesystem::path data_dir;

    /// Appends are refused while the disk has fewer free bytes than this: room for the facts, for
    /// SQLite's own work, and for a person to look around.
    std::uint64_t disk_reserve_bytes = 512u << 20;

    /// One commit takes at most this much; what waits beyond it goes with the next.
    std::size_t group_bytes_max = 4u << 20;
    std::size_t group_bodies_max = 4'096;

    /// A row ends once it holds this many raw bytes. Larger rows compress better, smaller ones cost
    /// less to read for one span and less to lose.
    std::size_t row_bytes = 1u << 20;

    /// The log is moved into the file each time it grew by this much. Also about what a start has
    /// to recover after a kill -9.
    std::size_t checkpoint_bytes = 16u << 20;

    int zstd_level = 1;

    /// Row numbers up to here are taken, whatever the files say: the facts have applied them.
    std::uint64_t seq_at_least = 0;

    /// Free bytes of the disk under a path; empty: asks the system. Tests pretend.
    std::function<std::uint64_t(const std::filesystem::path&)> free_bytes;

    /// Name of a registered SQLite VFS; "" for the default. Tests bring one that fails.
    std::string vfs;
};

/// `clock` gives `received` and must outlive the journal. The Error is never about damage: only
/// about a directory that cannot be used at all (no permission, another server, no space for a new
/// file).
Result<std::unique_ptr<record::Journal>> open_sqlite_journal(const Clock& clock,
                                                             SqliteJournalOptions options);

}  // namespace plimsoll::store
