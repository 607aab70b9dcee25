/// unmapped_counts.h: how often each attribute or event came that no convention reads
/// (Step::unmapped), by the instrumentation that sent it: where our tables have a gap, it shows
/// here.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "interaction/interaction.h"

namespace plimsoll::interaction {

struct UnmappedCount {
    std::string name;   ///< An attribute's key, or "event NAME".
    std::string scope;  ///< Instrumentation scope; "" if none was sent.
    std::uint64_t spans = 0;

    bool operator==(const UnmappedCount&) const = default;
};

/// Any thread. Holds at most `names_max` names of at most `name_bytes_max` bytes: what comes later
/// is counted under "(others)".
class UnmappedCounts {
  public:
    static constexpr std::size_t names_max = 500;
    static constexpr std::size_t name_bytes_max = 128;

    void add(const Interaction& interaction);

    /// The most frequent first, at most `count` of them.
    std::vector<UnmappedCount> most(std::size_t count) const;

  private:
    mutable std::mutex mutex_;
    std::map<std::pair<std::string, std::string>, std::uint64_t> spans_;  ///< By name and scope.
};

}  // namespace plimsoll::interaction
