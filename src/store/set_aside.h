/// set_aside.h: a database that cannot be used makes room for a new one, and is kept for a person.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace plimsoll::store {

/// Renames `path` and its log to `path.damaged-N`, the first N that is free.
Result<std::filesystem::path> set_aside(const std::filesystem::path& path);

}  // namespace plimsoll::store
