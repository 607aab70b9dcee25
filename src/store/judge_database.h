/// judge_database.h: the tables of judge.db.
///
///   judges ◀──┬── judgements ──exchange──▶ exchanges
///             └────────────────────────────────┘
///
/// judgements.changed comes from one counter, so whoever follows it misses nothing. Of exchanges
/// with the same judge, content and occasion one is current: it answers whoever asks the same.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "store/sqlite.h"

namespace plimsoll::store {

/// Creates the file, or brings its schema up to date.
Result<Database> open_judge_database(const std::filesystem::path& path, const std::string& vfs);

}  // namespace plimsoll::store
