#include "analyse/attribution/day_buckets.h"

#include <algorithm>
#include <cmath>

#include "analyse/stats/cluster_variance.h"

namespace plimsoll::analyse {

namespace {

constexpr double day_s = 86'400, hour_s = 3600, days_min = 10;
constexpr std::uint64_t bucket_sessions_min = 10;

/// Of the stretch without an edge in which `time_s` lies.
double begin_of(double time_s, double step_s, std::span<const double> cuts) {
    const double begin = std::floor(time_s / step_s) * step_s;
    const auto next = std::ranges::upper_bound(cuts, time_s);
    return next == cuts.begin() ? begin : std::max(begin, *std::prev(next));
}

}  // namespace

std::vector<SeriesBucket> day_buckets(std::span<const ScoredSession> sessions,
                                      std::span<const SeriesEvent> events) {
    if (sessions.empty()) return {};
    const double length_s = sessions.back().time_s - sessions.front().time_s;
    const double step_s = length_s >= days_min * day_s ? day_s : hour_s;
    std::vector<double> cuts;
    for (const SeriesEvent& event : events) {
        if (event.begin_s == event.end_s) cuts.push_back(event.begin_s);
    }
    std::ranges::sort(cuts);

    ClusteredSums all;
    std::vector<std::pair<double, WeightedSums>> parts;
    for (const ScoredSession& one : sessions) {
        const double begin = begin_of(one.time_s, step_s, cuts);
        const bool room = parts.empty() || parts.back().second.n >= bucket_sessions_min;
        if (parts.empty() || (begin > parts.back().first && room)) parts.push_back({begin, {}});
        parts.back().second.add(one.weight, one.score);
        all.add(one.weight, one.score, one.cluster);
    }
    const auto between = cluster_variance(all);
    const double effect = between ? std::max(1.0, design_effect(all.all, between->variance)) : 1;
    const double session = all.all.process_variance() * all.all.kish_count() * effect;
    std::vector<SeriesBucket> buckets;
    for (const auto& [begin, sums] : parts) {
        if (session <= 0) return {};  // All scores are alike, so nothing changed.
        buckets.push_back({begin, sums.mean(), session / sums.kish_count()});
    }
    return buckets;
}

}  // namespace plimsoll::analyse
