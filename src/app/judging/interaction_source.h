/// interaction_source.h: interactions by their trace, for whoever judges them.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "interaction/interaction.h"

namespace plimsoll::app {

class InteractionSource {
  public:
    virtual ~InteractionSource() = default;
    /// In the order of `traces`, with the revision that was read; nullopt for one that is gone.
    virtual Result<std::vector<std::optional<Interaction>>> read(
        std::span<const TraceId> traces) = 0;
};

}  // namespace plimsoll::app
