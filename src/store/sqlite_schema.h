/// sqlite_schema.h: transactions, and files that grow with the versions of Plimsoll.
#pragma once

#include <functional>
#include <span>

#include "base/result.h"
#include "store/sqlite.h"

namespace plimsoll::store {

/// Runs `change` in one transaction; rolled back if it fails.
Result<Done> in_transaction(Database& database, const std::function<Result<Done>()>& change);

/// Brings a file to the newest schema. Step N brings it from version N-1 to N (PRAGMA
/// user_version); released steps are never changed. A file of a newer Plimsoll is refused and left
/// alone.
Result<Done> bring_up_to_date(Database& database, std::span<const char* const> steps);

}  // namespace plimsoll::store
