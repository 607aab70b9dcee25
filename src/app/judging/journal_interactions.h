/// journal_interactions.h: interactions read back from the journal, by the places that the facts
/// know.
#pragma once

#include "app/judging/interaction_source.h"
#include "record/facts.h"
#include "record/journal.h"
#include "record/row_cache.h"

namespace plimsoll::app {

/// One thread.
class JournalInteractions : public InteractionSource {
  public:
    JournalInteractions(record::Facts& facts, record::Journal& journal)
        : facts_(facts), rows_(journal, 32u << 20) {}

    Result<std::vector<std::optional<Interaction>>> read(std::span<const TraceId> traces) override;

  private:
    record::Facts& facts_;
    record::RowCache rows_;
};

}  // namespace plimsoll::app
