/// facts_probe.h: does DuckDB survive this file? Asked in a forked child, since on damaged bytes it
/// may throw where nobody catches, abort, or never come back.
#pragma once

#include <filesystem>
#include <string>

#include "store/duck.h"

namespace plimsoll::store {

struct ProbeFinding {
    enum class Kind : std::uint8_t { well, damaged, in_use };
    Kind kind = Kind::well;
    std::string why;
};

/// Opens `path` read-only in a child and reads every row of every table.
ProbeFinding probe_facts(const std::filesystem::path& path, const DuckDatabase::Options& options);

}  // namespace plimsoll::store
