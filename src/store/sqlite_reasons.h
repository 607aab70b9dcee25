/// sqlite_reasons.h: late reasons in `DIR/state.db`.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "record/reasons.h"

namespace plimsoll::store {

/// `path` is the file. Open the state first (sqlite_state.h): it sets a damaged file aside.
Result<std::unique_ptr<record::Reasons>> open_sqlite_reasons(const std::filesystem::path& path);

}  // namespace plimsoll::store
