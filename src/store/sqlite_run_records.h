/// sqlite_run_records.h: the evidence trail in `DIR/state.db`.
///
/// Several stores of the file write into it, each in the transaction of what it tells of: a step of
/// trust, a configuration taken into use. So nothing is on the trail that did not happen, and
/// nothing that happened is missing after a crash.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/result.h"
#include "record/run_record.h"
#include "store/sqlite.h"

namespace plimsoll::store {

/// `path` is the file. Open the state first (sqlite_state.h): it sets a damaged file aside.
Result<std::unique_ptr<record::RunRecords>> open_sqlite_run_records(
    const std::filesystem::path& path);

/// Adds a link inside a transaction of the caller's.
Result<record::RunRecord> append_link(Database& database, record::RunRecord record);

/// The trail as far as it can be read, whatever comes after.
std::vector<record::RunRecord> readable_links(Database& database);

/// Puts these in the place of all there are, as they are: what was saved of a damaged file.
Result<Done> restore_links(Database& database, const std::vector<record::RunRecord>& links);

}  // namespace plimsoll::store
