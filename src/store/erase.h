/// erase.h: one person out of a data directory, for good.
///
///   names of the user ──▶ traces that bear one ──┬─▶ journal: their spans become blank
///   (blank_spans.h)
///                                                ├─▶ facts, labels, judge ledger: their rows go
///                                                └─▶ datasets: their lines go, under a new version
///
/// Bytes that were freed are overwritten (secure_delete), the files rewritten without their holes.
/// A rebuild of the facts does not bring anything back, since the journal no longer has it. Again
/// is harmless: whatever a crash left is found by the next run, which begins anew.
///
/// Takes the lock of the directory: no server may have it open.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"

namespace plimsoll::store {

struct EraseOptions {
    std::filesystem::path data_dir;
    /// What the user may be called in what is stored: the pseudonym, and the id as it was sent.
    std::vector<std::string> users;
    bool only_count = false;  ///< Say what would go; change nothing.
    std::function<void(double share_done)> progress = {};
};

/// What went.
struct Erased {
    std::uint64_t traces = 0;
    std::uint64_t spans = 0, journal_rows = 0;
    std::uint64_t interactions = 0;  ///< In the facts.
    std::uint64_t labels = 0;        ///< And requests for them.
    std::uint64_t judgements = 0;    ///< With what was asked and answered.
    std::uint64_t dataset_items = 0;
    std::vector<std::string> dataset_versions;  ///< "probe@1f3a… is now probe@77b0…"
    /// Files that could not be searched: set aside as damaged, or with damage inside.
    std::vector<std::string> unsearched;
};

Result<Erased> erase(const EraseOptions& options);

}  // namespace plimsoll::store
