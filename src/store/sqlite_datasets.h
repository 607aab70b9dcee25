/// sqlite_datasets.h: datasets in `DIR/state.db`, each a zstd frame.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "record/datasets.h"

namespace plimsoll::store {

/// `path` is the file. Open the state first (sqlite_state.h): it sets a damaged file aside.
Result<std::unique_ptr<record::Datasets>> open_sqlite_datasets(const std::filesystem::path& path);

}  // namespace plimsoll::store
