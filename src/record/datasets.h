/// datasets.h: examples taken from production, fixed for good: probe sets that judges are measured
/// on, datasets that candidates are compared on.
///
///   interactions + labels ──▶ JSON lines ──content hash──▶ version, immutable
///
/// One line is one interaction: what was asked and answered, its documents and attributes, and what
/// people said of it. The version is the hash of the lines, so two machines with the same lines have
/// the same version, and nothing can change under a name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace plimsoll::record {

struct Dataset {
    std::string name;
    std::string version;  ///< content_version(lines): 32 hex digits.
    UnixNanos created = 0;
    std::string note;
    std::uint64_t items = 0;
    std::string lines;  ///< JSON objects, each with a line break behind it.
};

/// A dataset of these lines. The Error names the line that cannot be one: each must be a JSON object
/// whose "interaction" is a trace id, and no interaction may come twice. Blank lines are left out.
Result<Dataset> dataset_of(std::string name, std::string_view lines, UnixNanos created,
                           std::string note);

class Datasets {
  public:
    virtual ~Datasets() = default;
    /// False: this name already has this version.
    virtual Result<bool> put(const Dataset& dataset) = 0;
    /// Without their lines; by name, oldest first.
    virtual Result<std::vector<Dataset>> list() = 0;
    /// The newest version of `name` for ""; a version may be cut to its first digits. nullopt if
    /// there is none, or several begin so.
    virtual Result<std::optional<Dataset>> get(const std::string& name,
                                               const std::string& version) = 0;
};

}  // namespace plimsoll::record
