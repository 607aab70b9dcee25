#include "store/erase.h"

#include "store/data_lock.h"
#include "store/erase_parts.h"

namespace plimsoll::store {

namespace {

/// What was set aside as damaged is for a person to look at: nobody can search it.
std::vector<std::string> set_aside(const std::filesystem::path& directory) {
    std::vector<std::string> paths;
    std::error_code none;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory, none))
        if (entry.path().filename().string().find(".damaged-") != std::string::npos)
            paths.push_back(entry.path().string());
    return paths;
}

}  // namespace

Result<Erased> erase(const EraseOptions& options) {
    auto lock = DataLock::take(options.data_dir);
    if (!lock) return lock.error();
    Erased erased{.unsearched = set_aside(options.data_dir)};
    std::set<TraceId> traces;
    if (auto found = find_in_journal(options, traces, erased); !found) return found.error();
    if (auto found = find_in_facts(options, traces); !found) return found.error();
    erased.traces = traces.size();
    // The journal last: as long as it has the person, another run finds what this one left.
    for (const auto& part :
         {erase_from_state, erase_from_judge_ledger, erase_from_facts, erase_from_journal})
        if (auto done = part(options, traces, erased); !done) return done.error();
    return erased;
}

}  // namespace plimsoll::store
