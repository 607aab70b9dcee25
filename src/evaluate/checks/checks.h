/// checks.h: every deterministic check we ship, alphabetically.
#pragma once

#include "evaluate/check.h"

namespace plimsoll::evaluate {

extern const Check banned_phrase;   ///< The output holds none of the phrases the team listed.

inline constexpr const Check* all_checks[] = {
    &banned_phrase,
};

/// nullptr if there is none of that name.
const Check* find_check(std::string_view name);

}  // namespace plimsoll::evaluate
