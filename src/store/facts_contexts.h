/// facts_contexts.h: the small table of context versions (facts_schema.h, `contexts`).
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "interaction/context_versions.h"
#include "store/duck.h"

namespace plimsoll::store {

/// "contexts.model_requested, contexts.model_answered, …": what read_context() reads.
std::string context_names();
/// The columns of context_names(), the first of them at `column`; what is NULL is "".
ContextVersions read_context(const DuckAnswer& answer, std::size_t column);
/// By id. Of at most contexts_max + 1 rows.
Result<std::unordered_map<std::uint32_t, ContextVersions>> read_contexts(
    DuckConnection& connection);

}  // namespace plimsoll::store
