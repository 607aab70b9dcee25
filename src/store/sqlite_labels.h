/// sqlite_labels.h: labels in `DIR/state.db`.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "record/labels.h"

namespace plimsoll::store {

/// `path` is the file. Open the state first (sqlite_state.h): it sets a damaged file aside.
/// `plimsoll label import` may write while a server reads.
Result<std::unique_ptr<record::Labels>> open_sqlite_labels(const std::filesystem::path& path);

}  // namespace plimsoll::store
