/// sqlite_alert_log.h: alerts' events and their outbox in `DIR/state.db`.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "record/alert_log.h"

namespace plimsoll::store {

/// `path` is the file. Open the state first (sqlite_state.h): it sets a damaged file aside.
Result<std::unique_ptr<record::AlertLog>> open_sqlite_alert_log(const std::filesystem::path& path);

}  // namespace plimsoll::store
