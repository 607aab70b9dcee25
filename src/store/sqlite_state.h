/// sqlite_state.h: keys and configuration versions in `DIR/state.db`.
///
/// Several processes may have it open: `plimsoll key create` writes while a server reads. A file
/// that is damaged is set aside as `state.db.damaged-N` and a new one begun; what was in it is
/// lost, which the caller is told, since lost keys must not open a door (A18).
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "record/state.h"

namespace plimsoll::store {

struct SqliteStateOptions {
    std::filesystem::path data_dir;
};

struct OpenedState {
    std::unique_ptr<record::State> state;
    /// The name of a damaged file, set aside now or earlier with no key made since; "" if there is
    /// none.
    std::string set_aside;
};

/// The Error is about a directory that cannot be used.
Result<OpenedState> open_sqlite_state(const SqliteStateOptions& options);

}  // namespace plimsoll::store
