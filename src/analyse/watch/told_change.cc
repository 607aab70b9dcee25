#include "analyse/watch/told_change.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "analyse/stats/quantile_limits.h"
#include "analyse/stats/wilson.h"

namespace plimsoll::analyse {

namespace {

constexpr std::int32_t day = 24, week = 168;
constexpr double hour_s = 3600;
constexpr std::uint64_t bucket_sessions_min = 10;

/// The hours in which nothing was found, from the base to `to`.
std::vector<HourRange> quiet_hours(const SeriesWatch& watch, std::int32_t to) {
    std::vector<HourRange> quiet;
    std::int32_t from = watch.base_hour;
    for (const Episode& episode : watch.episodes) {
        if (episode.began >= to) break;
        if (episode.began > from) quiet.push_back({from, episode.began});
        from = episode.ended.value_or(to);
    }
    if (from < to) quiet.push_back({from, to});
    return quiet;
}

struct Bucket {
    std::int32_t begin = 0;
    WeightedSums losses;
};

/// Of `step` hours, cut where an event was; one of few sessions takes in the next.
std::vector<Bucket> buckets_of(std::span<const LossCount> counts, std::int32_t step,
                               std::span<const VersionEvent> events) {
    std::vector<Bucket> buckets;
    for (const LossCount& one : counts) {
        std::int32_t begin = one.hour - one.hour % step;
        for (const VersionEvent& event : events)
            if (event.hour <= one.hour) begin = std::max(begin, event.hour);
        const bool full = buckets.empty() || buckets.back().losses.n >= bucket_sessions_min;
        if (buckets.empty() || (begin > buckets.back().begin && full))
            buckets.push_back({begin, {}});
        add_times(buckets.back().losses, one.weight, one.loss, one.sessions);
    }
    return buckets;
}

/// Of the change in the right direction that is nearest to where the evidence saw it begin.
const SeriesChange* nearest(const SeriesChanges& changes, const Episode& episode) {
    const SeriesChange* best = nullptr;
    const auto distance = [&](const SeriesChange& one) {
        return std::abs(one.time_s / hour_s - episode.began);
    };
    const bool fell = episode.direction == Direction::score_fell;
    for (const SeriesChange& one : changes.changes) {
        if ((one.effect.value < 0) != fell || one.time_s / hour_s > episode.alarm) continue;
        if (!best || distance(one) < distance(*best)) best = &one;
    }
    return best;
}

/// Where the moment is searched.
HourRange change_window(const SeriesWatch& watch, std::size_t episode, std::int32_t last_hour) {
    const Episode& of = watch.episodes[episode];
    std::int32_t from = std::max(watch.base_hour, of.began - 4 * week);
    for (std::size_t i = 0; i < episode; ++i)
        from = std::max(from, watch.episodes[i].ended.value_or(from));
    return {from, std::min(of.ended.value_or(last_hour + 1), of.alarm + 2 * week)};
}

}  // namespace

WeightedSums sums_of(std::span<const LossCount> counts, std::span<const HourRange> hours) {
    WeightedSums sums;
    for (const HourRange& range : hours) sums.merge(sums_of(between(counts, range.from, range.to)));
    return sums;
}

Estimate mean_score(const WeightedSums& losses, const SeriesWatch& watch, double days) {
    if (losses.w <= 0) return {};
    const double mean = 1 - losses.mean(), n = losses.kish_count() / watch.design_effect;
    double variance = losses.process_variance() * watch.design_effect;
    if (variance <= 0) variance = std::pow(wilson(mean * n, n).width() / (2 * z_95_two_sided), 2);
    if (watch.baseline) variance += std::pow(watch.baseline->tau_day, 2) / std::max(1.0, days);
    const double error = std::sqrt(variance), half = z_95_two_sided * error;
    return {mean, error, clamped({mean - half, mean + half}, 0, 1)};
}

Estimate quantile_of(std::span<const record::SessionCount> figures,
                     std::span<const HourRange> hours, double quantile, double design_effect) {
    std::map<std::int16_t, std::uint64_t> bins;
    std::uint64_t n = 0;
    for (const record::SessionCount& one : figures)
        if (std::ranges::any_of(hours, [&](const HourRange& range) {
                return one.hour >= range.from && one.hour < range.to;
            })) {
            bins[one.bin] += one.sessions;
            n += one.sessions;
        }
    if (n == 0) return {};
    const auto at = [&](std::uint64_t rank) {
        std::uint64_t below = 0;
        for (const auto& [bin, sessions] : bins)
            if ((below += sessions) >= rank) return figure_of(bin);
        return figure_of(bins.rbegin()->first);
    };
    const QuantileRanks ranks = quantile_ranks(n, quantile, .05, design_effect);
    const auto middle = static_cast<std::uint64_t>(quantile * static_cast<double>(n - 1)) + 1;
    return {at(middle), 0, {ranks.low ? at(ranks.low) : 0, at(ranks.high.value_or(n))}};
}

ToldChange tell_change(std::span<const LossCount> counts, const SeriesWatch& watch,
                       std::size_t which, std::span<const VersionEvent> events) {
    const Episode& episode = watch.episodes[which];
    const std::int32_t end = episode.ended.value_or(counts.back().hour + 1);
    HourRange window = change_window(watch, which, counts.back().hour);
    // What was seen within three days can be told to the hour.
    const bool quick = episode.alarm - episode.began < 3 * day;
    const std::int32_t step = quick ? 1 : day;
    if (quick) window.from = std::max(window.from, episode.began - week);

    std::vector<VersionEvent> within;
    for (const VersionEvent& event : events)
        if (event.hour > window.from && event.hour < window.to) within.push_back(event);
    const std::vector<Bucket> buckets =
        buckets_of(between(counts, window.from, window.to), step, within);

    ToldChange told;
    told.since = told.earliest = told.latest = episode.began;
    const WeightedSums all = sums_of(between(counts, window.from, window.to));
    const double session = all.process_variance() * all.kish_count() * watch.design_effect;
    std::vector<SeriesBucket> series;
    std::vector<SeriesEvent> moments;
    for (const Bucket& one : buckets)
        series.push_back(
            {one.begin * hour_s, 1 - one.losses.mean(), session / one.losses.kish_count()});
    for (const VersionEvent& event : within)
        moments.push_back({event.hour * hour_s, event.hour * hour_s, event.element});
    if (session > 0)
        if (const auto changes = series_changes(series, moments))
            if (const SeriesChange* change = nearest(*changes, episode)) {
                told.since = static_cast<std::int32_t>(change->time_s / hour_s);
                told.earliest = static_cast<std::int32_t>(change->earliest_s / hour_s);
                told.latest =
                    std::min(static_cast<std::int32_t>(change->latest_s / hour_s), episode.alarm);
            }
    told.earliest = std::min(told.earliest, told.since);
    told.latest = std::max(told.latest, told.since);

    if (!within.empty()) {
        std::vector<PassBucket> passed;
        for (const Bucket& one : buckets) {
            const double n = one.losses.kish_count() / watch.design_effect;
            passed.push_back(
                as_if_days_were_alike({n * (1 - one.losses.mean()), n}, watch.baseline->tau_day));
        }
        std::vector<KnownEvent> known;
        for (const VersionEvent& event : within) {
            const auto at = std::ranges::find_if(
                buckets, [&](const Bucket& one) { return one.begin >= event.hour; });
            known.push_back({static_cast<std::size_t>(at - buckets.begin()), event.element});
        }
        told.when = event_steps(passed, known);
    }

    told.before_hours = quiet_hours(watch, told.since);
    told.after_hours = {told.since, std::max(end, told.since + 1)};
    const WeightedSums before = sums_of(counts, told.before_hours),
                       after = sums_of(between(counts, told.after_hours.from, told.after_hours.to));
    double days_before = 0;
    for (const HourRange& range : told.before_hours) days_before += (range.to - range.from) / 24.0;
    told.before = mean_score(before, watch, days_before);
    told.after = mean_score(after, watch, (told.after_hours.to - told.after_hours.from) / 24.0);
    const double error = std::hypot(told.before.standard_error, told.after.standard_error);
    const double by = told.after.value - told.before.value;
    told.change = {by, error, {by - z_95_two_sided * error, by + z_95_two_sided * error}};
    told.sessions_before = before.n;
    told.sessions_after = after.n;
    return told;
}

}  // namespace plimsoll::analyse
