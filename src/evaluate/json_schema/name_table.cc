#include "evaluate/json_schema/name_table.h"

#include <utility>

namespace plimsoll::evaluate::schema {

std::uint32_t NameTable::add(std::string_view name) {
    if (const std::uint32_t found = find(name); found != absent) return found;
    const auto position = static_cast<std::uint32_t>(names_.size());
    names_.push_back(name);
    if (2 * names_.size() > slots_.size()) {
        std::vector<Slot> before = std::exchange(slots_, {});
        slots_.resize(before.empty() ? 8 : 2 * before.size());
        mask_ = slots_.size() - 1;
        for (const Slot& slot : before) {
            if (slot.position != absent) insert(slot.hash, slot.position);
        }
    }
    insert(hash64(name, seed_), position);
    return position;
}

void NameTable::insert(std::uint64_t hash, std::uint32_t position) {
    std::size_t at = hash & mask_;
    while (slots_[at].position != absent) at = (at + 1) & mask_;
    slots_[at] = {hash, position};
}

}  // namespace plimsoll::evaluate::schema
