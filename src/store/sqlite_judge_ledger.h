/// sqlite_judge_ledger.h: the judge ledger in `DIR/judge.db`.
///
/// A file of its own, for it holds every request and reply (zstd) and grows a thousand times as
/// fast as state.db; so it is also not read whole at a start. A file that does not open, or whose
/// open ends cannot be read, is set aside as `judge.db.damaged-N` and a new one begun: then what it
/// held may be paid for again, which OpenedJudgeLedger::set_aside tells.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "record/judge_ledger.h"

namespace plimsoll::store {

struct SqliteJudgeLedgerOptions {
    std::filesystem::path data_dir;
    /// KnownJudgement::changed goes on above this: pass the facts' position when both are opened.
    std::uint64_t changed_at_least = 0;
    std::string vfs;  ///< Name of a registered SQLite VFS; "" for the default.
};

struct OpenedJudgeLedger {
    std::unique_ptr<record::JudgeLedger> ledger;
    std::string set_aside;  ///< "" if nothing was.
};

/// The Error is about a directory that cannot be used, or a file of a newer Plimsoll.
Result<OpenedJudgeLedger> open_sqlite_judge_ledger(const SqliteJudgeLedgerOptions& options);

}  // namespace plimsoll::store
