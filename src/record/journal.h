/// journal.h: the truth. What a sender was told is accepted stands here, synced to the disk.
///
///   append(otlp) ──▶ group of waiting bodies ──▶ one compressed row, one fsync ──▶ done(seq), …
///
/// Rows are numbered from 1 without gaps in what was acknowledged; a row holds the concatenated
/// bodies of one group (which is again one OTLP body) and the time it was received. Everything else
/// can be rebuilt from the rows.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace plimsoll::record {

struct JournalRow {
    std::uint64_t seq = 0;
    UnixNanos received = 0;  ///< Never less than that of the row before.
    std::string otlp;        ///< ExportTraceServiceRequest, protobuf.
};

/// Rows that could not be read back: a damaged page, a failed checksum.
struct JournalDamage {
    std::string file;
    std::uint64_t first_seq = 0;
    std::uint64_t last_seq = 0;
    std::string why;
};

struct JournalStatus {
    std::uint64_t head_seq = 0;     ///< Last row committed; 0 if empty.
    std::uint64_t rows = 0;
    std::uint64_t raw_bytes = 0;    ///< Before compression.
    std::uint64_t disk_bytes = 0;
    std::uint64_t commits = 0;      ///< Since start: one fsync each.
    std::string refusing;           ///< Why appends fail now ("disk reserve reached…"); "" if they do not.
    std::vector<JournalDamage> damage;
};

class Journal {
  public:
    virtual ~Journal() = default;

    /// Calls `done` once, from any thread: with the row's number when `otlp` is on the disk, or with
    /// the Error if it is not (then it will not appear later either).
    virtual void append(std::string otlp, std::size_t span_count,
                        std::function<void(Result<std::uint64_t>)> done) = 0;

    /// Rows after `after`, in order, until `bytes_max` of bodies are together (at least one row, if
    /// there is one). Damaged rows are left out and reported in status(). Any thread.
    virtual Result<std::vector<JournalRow>> read(std::uint64_t after, std::size_t bytes_max) = 0;

    /// One row; nullopt if it is gone or damaged. Any thread.
    virtual Result<std::optional<JournalRow>> row(std::uint64_t seq) = 0;

    /// A time before which nothing more will be received: rows that read() does not show yet, or that
    /// are still to come, are not older. Never goes back. Any thread.
    virtual UnixNanos settled() = 0;

    virtual JournalStatus status() = 0;
};

}  // namespace plimsoll::record
