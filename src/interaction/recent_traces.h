/// recent_traces.h: ids of the traces that closed last, up to a number: a ring and a set over it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_set>
#include <vector>

#include "base/hash.h"
#include "base/id.h"

namespace plimsoll::interaction {

class RecentTraces {
  public:
    /// About 60 bytes each. `hash_seed` keeps senders from making ids collide (A09).
    RecentTraces(std::size_t traces_max, std::uint64_t hash_seed)
        : traces_max_(traces_max), known_(0, Hash{hash_seed}) {}

    bool contains(const TraceId& id) const { return known_.contains(id); }

    /// Forgets the one added longest ago, if there is no room.
    void add(const TraceId& id) {
        if (traces_max_ == 0 || !known_.insert(id).second) return;
        if (ring_.size() < traces_max_) {
            ring_.push_back(id);
            return;
        }
        known_.erase(ring_[oldest_]);
        ring_[oldest_] = id;
        oldest_ = (oldest_ + 1) % traces_max_;
    }

  private:
    struct Hash {
        std::uint64_t seed;
        std::size_t operator()(const TraceId& id) const { return hash64(id.raw(), seed); }
    };
    const std::size_t traces_max_;
    std::unordered_set<TraceId, Hash> known_;
    std::vector<TraceId> ring_;
    std::size_t oldest_ = 0;
};

}  // namespace plimsoll::interaction
