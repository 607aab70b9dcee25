/// shape_findings.h: weeks in which scores spread otherwise than in the reference, whatever their
/// mean did. Graded scores only: of pass and fail the mean says all.
#pragma once

#include <span>
#include <vector>

#include "analyse/drift/distribution_drift.h"
#include "analyse/watch/series_watch.h"
#include "record/session_hours.h"

namespace plimsoll::analyse {

/// Weeks that follow each other and all drifted (distribution_drift.h: p < .001 and moved by .02).
struct ShapeEpisode {
    std::int32_t began = 0, ended = 0;  ///< Hours: begin of the first week, end of the last.
    DistributionDrift drift;            ///< Of the first.
    std::uint64_t sessions_before = 0, sessions_after = 0;
};

/// Whole weeks after the reference and before `end_hour`. Weeks in which an episode of the mean
/// began or went on are left out: they have been told.
std::vector<ShapeEpisode> shape_episodes(std::span<const record::SessionCount> scores,
                                         const SeriesWatch& watch, std::int32_t end_hour);

}  // namespace plimsoll::analyse
