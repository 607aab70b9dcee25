/// duckdb_facts.h: the facts as DuckDB tables in `DIR/facts.duckdb` (facts_schema.h).
///
///   open ──▶ a child process tries the file first ──▶ well: used
///                                                 └─▶ damaged: set aside, a new one begun
///
/// The facts are derived, so a file that is damaged in any way is not mended: it is renamed to
/// `facts.duckdb.damaged-N`, and whoever opened them rebuilds from the journal. DuckDB may throw or
/// abort on damaged bytes, so a forked child meets them first. Damage found later, by a question,
/// leaves a note beside the file, and the next start sets it aside.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "record/facts.h"
#include "record/session_hours.h"

namespace plimsoll::store {

struct DuckDbFactsOptions {
    std::filesystem::path data_dir;
    std::size_t memory_bytes = 512u << 20;  ///< What DuckDB may hold.
    unsigned threads = 2;                   ///< What one question may use.
    /// A child reads every row before we do. About a second per 10^8 scores; off in tests that open
    /// hundreds of times.
    bool try_in_child = true;
};

struct OpenedFacts {
    std::unique_ptr<record::Facts> facts;
    record::SessionHours* session_hours = nullptr;  ///< Lives as long as the facts.
    /// What was set aside and why; "" if the facts were as we left them. If not "", applied_seq()
    /// is 0.
    std::string set_aside;
};

/// The Error is about a directory that cannot be used, or another process that holds the file.
Result<OpenedFacts> open_duckdb_facts(const DuckDbFactsOptions& options);

}  // namespace plimsoll::store
