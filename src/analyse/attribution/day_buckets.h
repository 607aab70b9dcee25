/// day_buckets.h: scored sessions become the days in which a change is looked for.
///
/// Days of UTC, or hours if there are less than ten days; cut where a known event happened, so that
/// no bucket holds both sides of it. A bucket of fewer than ten sessions joins the next. The
/// variance is that of a session anywhere in the series, clusters included, over the bucket's
/// count: a bucket's own would be 0 where all passed.
#pragma once

#include <span>
#include <vector>

#include "analyse/attribution/series_changes.h"
#include "analyse/drift/statistics.h"

namespace plimsoll::analyse {

/// Sessions in order of time.
std::vector<SeriesBucket> day_buckets(std::span<const ScoredSession> sessions,
                                      std::span<const SeriesEvent> events);

}  // namespace plimsoll::analyse
