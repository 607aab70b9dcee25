#include "analyse/watch/shape_findings.h"

#include <algorithm>

namespace plimsoll::analyse {

namespace {

constexpr std::int32_t week = 168;

ScoreHistogram histogram(std::span<const record::SessionCount> scores, std::int32_t from,
                         std::int32_t to) {
    ScoreHistogram sums;
    for (const record::SessionCount& one : scores) {
        if (one.hour < from || one.hour >= to) continue;
        const double w = one.weight / 1000.0, n = one.sessions;
        sums.n += one.sessions;
        sums.w += n * w;
        sums.w2 += n * w * w;
        sums.bin_w[static_cast<std::size_t>(std::clamp<int>(100 - one.bin, 0, 100))] += n * w;
    }
    return sums;
}

bool told(const SeriesWatch& watch, std::int32_t from, std::int32_t to) {
    return std::ranges::any_of(watch.episodes, [&](const Episode& one) {
        return one.began < to && one.ended.value_or(to) > from;
    });
}

}  // namespace

std::vector<ShapeEpisode> shape_episodes(std::span<const record::SessionCount> scores,
                                         const SeriesWatch& watch, std::int32_t end_hour) {
    std::vector<ShapeEpisode> episodes;
    if (!watch.baseline) return episodes;
    const ScoreHistogram before = histogram(scores, watch.base_hour, watch.reference_end);
    if (before.is_binary()) return episodes;
    for (std::int32_t from = watch.reference_end; from + week <= end_hour; from += week) {
        if (told(watch, from, from + week)) continue;
        const ScoreHistogram after = histogram(scores, from, from + week);
        const auto drift =
            distribution_drift(before, after, watch.design_effect, watch.design_effect);
        if (!drift || !drift->drifted) continue;
        if (!episodes.empty() && episodes.back().ended == from) {
            episodes.back().ended += week;
            episodes.back().sessions_after += after.n;
        } else {
            episodes.push_back({from, from + week, *drift, before.n, after.n});
        }
    }
    return episodes;
}

}  // namespace plimsoll::analyse
