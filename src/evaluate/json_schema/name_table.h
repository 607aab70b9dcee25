/// name_table.h: member names hashed once, so that finding the rule for a member of an instance
/// costs one hash of its name, however many the schema speaks of. The seed comes from the schema's
/// whole text, so that no one can choose names that collide without changing the seed (A09).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace plimsoll::evaluate::schema {

class NameTable {
  public:
    static constexpr std::uint32_t absent = UINT32_MAX;

    explicit NameTable(std::uint64_t seed = 0) : seed_(seed) {}

    /// The position of `name`, which is added if it is new. What it points at must outlive this.
    std::uint32_t add(std::string_view name);

    /// The position of `name`, or `absent`.
    std::uint32_t find(std::string_view name) const {
        if (slots_.empty()) return absent;
        const std::uint64_t hash = hash64(name, seed_);
        for (std::size_t at = hash & mask_; slots_[at].position != absent; at = (at + 1) & mask_) {
            if (slots_[at].hash == hash && names_[slots_[at].position] == name) {
                return slots_[at].position;
            }
        }
        return absent;
    }

    std::string_view name(std::uint32_t position) const { return names_[position]; }
    std::size_t size() const { return names_.size(); }

  private:
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t position = absent;
    };
    void insert(std::uint64_t hash, std::uint32_t position);

    std::uint64_t seed_;
    std::vector<std::string_view> names_;
    std::vector<Slot> slots_;  ///< A power of two of them, at most half taken.
    std::size_t mask_ = 0;
};

}  // namespace plimsoll::evaluate::schema
