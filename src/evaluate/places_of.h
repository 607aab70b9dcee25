/// places_of.h: which place a number was given, for few numbers asked for often.
///
/// A hash table of numbers that are hashes already: open addressing, half empty, nothing is ever
/// taken out. Some 2 ns a question while it fits the caches.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace plimsoll::evaluate {

class PlacesOf {
  public:
    static constexpr std::uint32_t nowhere = UINT32_MAX;

    /// Room for `count_max` numbers.
    explicit PlacesOf(std::size_t count_max)
        : mask_(std::bit_ceil(std::max<std::size_t>(2 * count_max, 16)) - 1),
          slots_(std::make_unique<Slot[]>(mask_ + 1)) {}

    /// The place of `number`: 0 for the first that was added, 1 for the next, ...
    std::uint32_t add(std::uint64_t number) {
        Slot& slot = slots_[index_of(number)];
        if (slot.place_behind == 0) slot = {number, ++size_};
        return slot.place_behind - 1;
    }
    std::uint32_t find(std::uint64_t number) const {
        return slots_[index_of(number)].place_behind - 1;
    }
    std::size_t size() const { return size_; }

  private:
    struct Slot {
        std::uint64_t number;
        std::uint32_t place_behind;  ///< 0: empty, so that zeros are an empty table.
    };

    /// Of the slot that has it, or would.
    std::size_t index_of(std::uint64_t number) const {
        std::size_t at = number & mask_;
        while (slots_[at].place_behind != 0 && slots_[at].number != number) at = (at + 1) & mask_;
        return at;
    }

    std::size_t mask_;
    std::unique_ptr<Slot[]> slots_;
    std::uint32_t size_ = 0;
};

}  // namespace plimsoll::evaluate
