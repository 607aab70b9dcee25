/// sqlite_trust_log.h: the steps of trust in `DIR/state.db`, each also a link of the evidence trail.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "record/trust_log.h"

namespace plimsoll::store {

/// `path` is the file. Open the state first (sqlite_state.h): it sets a damaged file aside.
Result<std::unique_ptr<record::TrustLog>> open_sqlite_trust_log(const std::filesystem::path& path);

}  // namespace plimsoll::store
