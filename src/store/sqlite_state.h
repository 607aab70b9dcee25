/// sqlite_state.h: keys and configuration versions in `DIR/state.db`.
///
/// Written seldom, so each change is a transaction with its own fsync. `plimsoll key create` may
/// write while a server reads: both see each other's commits at once. A file that does not open, or
/// whose pages are damaged, is set aside as `state.db.damaged-N` and a new one begun, with what
/// rows of it could still be read.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "record/state.h"

namespace plimsoll::store {

struct SqliteStateOptions {
    std::filesystem::path data_dir;
    std::string vfs;  ///< Name of a registered SQLite VFS; "" for the default.
};

struct OpenedState {
    std::unique_ptr<record::State> state;
    /// What was set aside, now or at an earlier start; "" if no state was ever lost.
    std::string set_aside;
    /// Keys may have been lost, and no key was created since. Whoever sees this must not think
    /// "no key exists yet, so the door may stand open" (A18): listen on loopback only.
    bool keys_may_be_lost = false;
};

/// The Error is about a directory that cannot be used; never about damage.
Result<OpenedState> open_sqlite_state(const SqliteStateOptions& options);

}  // namespace plimsoll::store
