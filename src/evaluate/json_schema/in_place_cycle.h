/// in_place_cycle.h: schemas that apply themselves to the same value again, whatever the value:
/// they would never come to an end, so they are refused before anyone asks.
#pragma once

#include <optional>

#include "evaluate/json_schema/compiled.h"

namespace plimsoll::evaluate::schema {

/// A subschema that reaches itself through `$ref` and `allOf` alone; nullopt if there is none.
/// (A way through `anyOf`, `if` or `$dynamicRef` may end; an examination bounds it by depth.)
std::optional<SubschemaId> in_place_cycle(const Graph& graph);

}  // namespace plimsoll::evaluate::schema
