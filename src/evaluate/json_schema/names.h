/// names.h: which names of a NameTable an instance has. Without allocation up to 128 of them.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace plimsoll::evaluate::schema {

class Names {
  public:
    explicit Names(std::size_t names) {
        if (names > 64 * few_.size()) many_.resize((names + 63) / 64);
    }
    void add(std::uint32_t position) {
        std::uint64_t* const words = many_.empty() ? few_.data() : many_.data();
        const std::uint64_t added = bit(position);
        words[position / 64] |= added;
    }
    bool has(std::uint32_t position) const {
        const std::uint64_t* const words = many_.empty() ? few_.data() : many_.data();
        return (words[position / 64] & bit(position)) != 0;
    }

  private:
    static std::uint64_t bit(std::uint32_t position) { return std::uint64_t{1} << (position & 63); }
    std::array<std::uint64_t, 2> few_{};
    std::vector<std::uint64_t> many_;
};

}  // namespace plimsoll::evaluate::schema
