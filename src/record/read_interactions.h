/// read_interactions.h: from places in the journal back to interactions.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "interaction/gather.h"
#include "interaction/interaction.h"
#include "record/row_cache.h"

namespace plimsoll::record {

struct WantedTrace {
    TraceId trace;
    bool incomplete = false;
    std::span<const interaction::SpanPlace> places;
};

/// One entry for each wanted trace, in order. Spans on rows that are damaged or gone make an
/// interaction incomplete; nullopt if it has none left. Each row is visited once, however many
/// traces lie on it. With `keep_attributes` steps keep their raw attributes, for people to look at.
Result<std::vector<std::optional<Interaction>>> read_interactions(
    RowCache& rows, std::span<const WantedTrace> wanted, bool keep_attributes = false);

}  // namespace plimsoll::record
