/// journal_salvage.h: rows out of journal files that SQLite does not open, or not to their end.
///
///   page, page, page, …  of the file, or of its write-ahead log
///     │ looks like a leaf of a table? each of its cells: number, columns, overflow chain
///     ▼
///   rows whose checksum holds
///
/// Needs no header, no schema and no inner page: every leaf speaks for itself, and the checksum
/// tells a row from an accident. Reads only; the bytes may be anything.
/// (sqlite.org/fileformat2.html)
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/result.h"
#include "store/journal_file.h"

namespace plimsoll::store {

/// Rows that stand in the file and in every frame of its log, whether their chain holds or not. The
/// same row may come several times. The Error is about opening or reading the file, or the sink's.
RowSource salvage_rows(std::filesystem::path path);

/// Rows of the log alone (their long bodies may lie in the file).
RowSource salvage_log(std::filesystem::path path);

/// Frames stand in the log behind one that recovery will stop at: a damaged log, or one torn by a
/// power cut. False if there is no log.
bool log_is_broken(const std::filesystem::path& path);

}  // namespace plimsoll::store
