/// erase_parts.h: erase() store by store. Each finds and removes; with `only_count` it only finds.
#pragma once

#include <set>

#include "base/id.h"
#include "store/erase.h"

namespace plimsoll::store {

/// Traces in which a span bears one of the names. Adds to `traces`; damage goes to `unsearched`.
Result<Done> find_in_journal(const EraseOptions& options, std::set<TraceId>& traces,
                             Erased& erased);
Result<Done> find_in_facts(const EraseOptions& options, std::set<TraceId>& traces);

Result<Done> erase_from_journal(const EraseOptions& options, const std::set<TraceId>& traces,
                                Erased& erased);
Result<Done> erase_from_facts(const EraseOptions& options, const std::set<TraceId>& traces,
                              Erased& erased);
/// Labels, requests for them, datasets.
Result<Done> erase_from_state(const EraseOptions& options, const std::set<TraceId>& traces,
                              Erased& erased);
Result<Done> erase_from_judge_ledger(const EraseOptions& options, const std::set<TraceId>& traces,
                                     Erased& erased);

}  // namespace plimsoll::store
