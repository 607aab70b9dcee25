/// sqlite_findings.h: the findings in `DIR/state.db`, as JSON: what they hold may grow.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "record/finding.h"

namespace plimsoll::store {

/// `path` is the file. Open the state first (sqlite_state.h): it sets a damaged file aside.
Result<std::unique_ptr<record::Findings>> open_sqlite_findings(const std::filesystem::path& path);

}  // namespace plimsoll::store
