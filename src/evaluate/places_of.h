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
#include <vector>

namespace plimsoll::evaluate {

class PlacesOf {
  public:
    static constexpr std::uint32_t nowhere = UINT32_MAX;

    /// Room for `count_max` numbers.
    explicit PlacesOf(std::size_t count_max)
        : mask_(std::bit_ceil(std::max<std::size_t>(2 * count_max, 16)) - 1),
          behind_(std::make_unique<std::uint32_t[]>(mask_ + 1)) {
        numbers_.reserve(count_max);
    }

    /// The place of `number`: 0 for the first that was added, 1 for the next, ...
    std::uint32_t add(std::uint64_t number) {
        std::uint32_t& behind = behind_[index_of(number)];
        if (behind == 0) {
            numbers_.push_back(number);
            behind = static_cast<std::uint32_t>(numbers_.size());
        }
        return behind - 1;
    }
    std::uint32_t find(std::uint64_t number) const { return behind_[index_of(number)] - 1; }
    std::size_t size() const { return numbers_.size(); }

  private:
    /// Of what says where `number` is, or would.
    std::size_t index_of(std::uint64_t number) const {
        std::size_t at = number & mask_;
        while (behind_[at] != 0 && numbers_[behind_[at] - 1] != number) at = (at + 1) & mask_;
        return at;
    }

    std::size_t mask_;
    std::unique_ptr<std::uint32_t[]> behind_;  ///< By hash: a place + 1; 0 where there is none.
    std::vector<std::uint64_t> numbers_;       ///< By place.
};

}  // namespace plimsoll::evaluate
