/// mean.h: a mean of scores with an interval that knows that scores come in sessions.
///
/// The sums by hash bucket of sessions give the variance between sessions, that gives an effective
/// count, and Wilson's interval with that count stays inside [0, 1] and does not shrink to a point
/// when everything passed. Graded scores of many sessions get Student's t instead.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "analyse/stats/cluster_variance.h"
#include "analyse/stats/interval.h"

namespace plimsoll::analyse {

struct Mean {
    double value = 0;
    Interval interval;           ///< 95%, within [0, 1].
    double effective_count = 0;  ///< So many independent scores would say as much.
    std::string_view method;     ///< For a person.
};

enum class Scores { any, graded };  ///< `graded` if few of them are 0 or 1.

/// Of `scored` scores, at least as many as there are clusters. nullopt if nothing was scored.
/// Without `clusters` their number is estimated from the buckets.
std::optional<Mean> mean_of(std::uint64_t scored, const BucketSums& sums,
                            Scores scores = Scores::any,
                            std::optional<double> clusters = std::nullopt);

}  // namespace plimsoll::analyse
