/// known_traces.h: may this trace be in the facts? "No" is certain; "yes" is wrong once in
/// thousands.
///
/// Nearly every trace is new, and to ask the database costs a scan of all traces. So a Bloom filter
/// in blocks of one cache line answers first: 20 bits per trace, 2.5 MB per million. Not
/// synchronised.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/hash.h"
#include "base/id.h"

namespace plimsoll::store {

class KnownTraces {
  public:
    explicit KnownTraces(std::size_t capacity)
        : capacity_(capacity), blocks_(capacity * 20 / 512 + 1) {}

    void add(TraceId trace) {
        const std::uint64_t hash = hash64(trace.raw());
        Block& block = blocks_[block_of(hash)];
        for (std::uint64_t i = 0, bits = spread(hash); i < bits_per_trace; ++i, bits >>= 9)
            block[(bits & 511) / 64] |= 1ull << (bits & 63);
        ++size_;
    }
    bool may_contain(TraceId trace) const {
        const std::uint64_t hash = hash64(trace.raw());
        const Block& block = blocks_[block_of(hash)];
        for (std::uint64_t i = 0, bits = spread(hash); i < bits_per_trace; ++i, bits >>= 9)
            if (!(block[(bits & 511) / 64] >> (bits & 63) & 1)) return false;
        return true;
    }
    /// More traces than it was made for: make a larger one.
    bool full() const { return size_ > capacity_; }
    std::size_t capacity() const { return capacity_; }

  private:
    using Block = std::array<std::uint64_t, 8>;
    static constexpr std::uint64_t bits_per_trace = 7;  // 7 times 9 bits out of one word.
    std::size_t block_of(std::uint64_t hash) const {
        return static_cast<std::size_t>(static_cast<unsigned __int128>(hash) * blocks_.size() >>
                                        64);
    }
    static std::uint64_t spread(std::uint64_t hash) { return hash * 0x9E3779B97F4A7C15ull; }

    std::size_t capacity_;
    std::size_t size_ = 0;
    std::vector<Block> blocks_;
};

}  // namespace plimsoll::store
