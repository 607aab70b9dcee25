#include "interaction/traits.h"

namespace plimsoll {

std::optional<Trait> trait_named(std::string_view word) {
    for (const TraitInfo& each : all_traits)
        if (each.word == word) return each.trait;
    return std::nullopt;
}

}  // namespace plimsoll
