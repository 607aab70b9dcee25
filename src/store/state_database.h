/// state_database.h: `DIR/state.db` as a database: its schema, and a connection to it.
///
///   open_sqlite_state ── mends or sets aside, once, first ──▶ state.db ◀── sqlite_labels.h, …
///
/// Each store in the file has a connection of its own; SQLite keeps them apart.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "store/sqlite.h"
#include "store/sqlite_schema.h"

namespace plimsoll::store {

/// Creates the file, or brings its schema up to date.
Result<Database> open_state_database(const std::filesystem::path& path,
                                     const std::string& vfs = "");

/// Looks at every page: the file is small.
Result<Done> whole(Database& database);

}  // namespace plimsoll::store
