#include "analyse/watch/watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

#include "analyse/watch/finding_text.h"
#include "analyse/watch/incidents.h"
#include "analyse/watch/shape_findings.h"
#include "analyse/watch/why.h"
#include "base/hash.h"

namespace plimsoll::analyse {

namespace {

using record::Finding;
using record::FindingKind;
using record::SessionCount;
using record::SessionSeries;

constexpr UnixNanos hour_ns = 3600 * nanos_per_second;
constexpr std::int32_t day = 24, week = 168;
constexpr std::size_t worst_max = 10;

/// A series and all its slices have these in common.
auto family(const SessionSeries& one) {
    return std::tie(one.dimension, one.evaluator, one.version, one.service);
}

/// All of a service, and of each attribute the values with most sessions.
std::vector<SessionSeries> chosen(const std::vector<SessionSeries>& all,
                                  const WatchOptions& options) {
    const auto group = [](const SessionSeries& one) {
        return std::tuple_cat(family(one), std::tie(one.attribute));
    };
    std::vector<SessionSeries> sorted = all;
    std::ranges::stable_sort(sorted, [&](const SessionSeries& a, const SessionSeries& b) {
        return std::tuple(group(a), b.sessions) < std::tuple(group(b), a.sessions);
    });
    std::vector<SessionSeries> kept;
    std::size_t in_group = 0;
    for (const SessionSeries& one : sorted) {
        in_group = kept.empty() || group(kept.back()) != group(one) ? 0 : in_group + 1;
        if (in_group < options.values_max) kept.push_back(one);
    }
    return kept;
}

/// The most series that were awake at one time. One without sessions sleeps after two weeks, as
/// that of an evaluator's earlier version does.
double sharing_of(const std::vector<SessionSeries>& series) {
    std::map<std::int32_t, double> steps;
    for (const SessionSeries& one : series) {
        const auto each =
            one.is_measure() ? static_cast<double>(watched_quantiles(one.dimension).size()) : 1.0;
        steps[one.first_hour] += each;
        steps[one.last_hour + 2 * week] -= each;
    }
    double awake = 0, most = 1;
    for (const auto& [hour, step] : steps) most = std::max(most, awake += step);
    return most;
}

std::int32_t base_of(const SessionSeries& series, const WatchOptions& options) {
    std::int32_t base = 0;
    for (const AcceptedBaseline& accepted : options.accepted)
        if (accepted.dimension == series.dimension &&
            (accepted.service.empty() || accepted.service == series.service))
            base = std::max(base, static_cast<std::int32_t>(accepted.since / hour_ns));
    return base;
}

FindingKind kind_of(const SessionSeries& series) {
    if (!series.is_measure())
        return series.is_slice() ? FindingKind::slice_drift : FindingKind::score_drift;
    const std::string dimension = dimension_of(series);
    return dimension == "latency"    ? FindingKind::latency_drift
           : dimension == "coverage" ? FindingKind::coverage_gap
                                     : FindingKind::cost_drift;
}

class Run {
  public:
    Run(record::SessionHours& hours, const WatchOptions& options, UnixNanos end)
        : hours_(hours), options_(options), before_hour_(static_cast<std::int32_t>(end / hour_ns)) {
        report_.end = before_hour_ * hour_ns;
    }

    Result<WatchReport> run() {
        if (auto refreshed = hours_.refresh(options_.attributes); !refreshed)
            return refreshed.error();
        auto all = hours_.series(before_hour_);
        if (!all) return all.error();
        all_ = std::move(*all);
        const std::vector<SessionSeries> series = chosen(all_, options_);
        report_.sharing = sharing_of(series);
        if (auto watched = watch_each(series); !watched) return watched.error();
        for (const WatchedSeries& one : report_.series)
            for (std::size_t e = 0; e < one.watch.episodes.size(); ++e)
                if (auto told = tell(one, e); !told) return told.error();
        for (const WatchedSeries& one : report_.series) tell_shape(one);
        group_incidents(report_.findings);
        std::ranges::stable_sort(report_.findings, std::greater{}, &Finding::since);
        return std::move(report_);
    }

  private:
    SeriesWatchOptions series_options(const SessionSeries& of) const {
        return {.series = report_.sharing,
                .false_pages = options_.false_pages,
                .weeks_min = options_.weeks_min,
                .weeks_max = options_.weeks_max,
                .base_hour = base_of(of, options_)};
    }

    Result<Done> watch_each(const std::vector<SessionSeries>& series) {
        std::map<std::uint32_t, const SessionSeries*> by_id;
        std::vector<std::uint32_t> ids;
        for (const SessionSeries& one : series) {
            by_id[one.id] = &one;
            ids.push_back(one.id);
        }
        std::map<std::uint32_t, std::vector<WatchedSeries>> watched;
        if (auto read = hours_.counts(ids, before_hour_,
                                      [&](std::uint32_t id, const std::vector<SessionCount>& of) {
                                          auto& each = watched[id];
                                          each = watched_of(*by_id.at(id), of);
                                          for (const WatchedSeries& one : each)
                                              if (!one.watch.episodes.empty()) moved_[id] = of;
                                      });
            !read)
            return read;
        for (const SessionSeries& one : series)
            for (WatchedSeries& each : watched[one.id]) report_.series.push_back(std::move(each));
        return Done{};
    }

    std::vector<WatchedSeries> watched_of(const SessionSeries& series,
                                          const std::vector<SessionCount>& counts) {
        const SeriesWatchOptions how = series_options(series);
        if (!series.is_measure() || series.dimension == record::incomplete_measure) {
            WatchedSeries one{series, 0, 0, watch_series(losses_of(counts), how)};
            if (auto shapes = shape_episodes(counts, one.watch, before_hour_); !shapes.empty())
                shapes_[series.id] = std::move(shapes);
            return {one};
        }
        std::vector<WatchedSeries> each;
        const std::int32_t base = std::max(counts.front().hour, how.base_hour);
        for (const double quantile : watched_quantiles(series.dimension)) {
            std::int16_t threshold =
                quantile_bin(counts, quantile, base - base % day + how.weeks_min * week);
            // Of spans the lowest tenth, and what has as many: most interactions have one number.
            if (series.dimension == "spans") --threshold;
            each.push_back({series, quantile, threshold,
                            watch_series(exceedances_of(counts, threshold), how)});
        }
        return each;
    }

    Result<std::map<std::uint32_t, std::vector<SessionCount>>> read(
        const std::vector<std::uint32_t>& ids) {
        std::map<std::uint32_t, std::vector<SessionCount>> counts;
        auto done = hours_.counts(
            ids, before_hour_,
            [&](std::uint32_t id, const std::vector<SessionCount>& of) { counts[id] = of; });
        if (!done) return done.error();
        return counts;
    }

    /// Of all the time there is: several findings ask about the same slice.
    Result<const std::vector<VersionEvent>*> events_of(
        const std::string& service, const std::map<std::string, std::string>& slice) {
        const auto [at, fresh] = events_.try_emplace({service, slice});
        if (fresh) {
            const auto versions = hours_.versions(service, slice, 0, before_hour_ * hour_ns);
            if (!versions) return versions.error();
            at->second = version_events(*versions);
        }
        return &at->second;
    }

    Result<Done> tell(const WatchedSeries& one, std::size_t episode) {
        const std::vector<SessionCount>& own = moved_.at(one.of.id);
        std::vector<std::uint32_t> ids;
        if (!one.of.is_slice() && !one.of.is_measure())
            for (const SessionSeries& other : all_)
                if (other.is_slice() && family(other) == family(one.of)) ids.push_back(other.id);
        auto counts = read(ids);
        if (!counts) return counts.error();
        const std::vector<LossCount> losses =
            one.quantile > 0 ? exceedances_of(own, one.threshold) : losses_of(own);
        std::map<std::string, SiblingSlices> siblings;
        for (const SessionSeries& other : all_)
            if (counts->contains(other.id))
                siblings[other.attribute][other.value] = losses_of((*counts)[other.id]);

        std::map<std::string, std::string> slice;
        if (one.of.is_slice()) slice[one.of.attribute] = one.of.value;
        const auto events = events_of(one.of.service, slice);
        if (!events) return events.error();
        const ToldChange told = tell_change(losses, one.watch, episode, **events);
        const Attribution attribution = why({losses, one.watch, told, **events, siblings});
        Finding finding = finding_of(one, one.watch.episodes[episode], told, own);
        finding.slice = slice;
        explain(finding, attribution, **events);
        if (finding.worse) {
            auto worst = hours_.worst(one.of, told.after_hours.from * hour_ns,
                                      told.after_hours.to * hour_ns, worst_max);
            if (!worst) return worst.error();
            finding.worst = std::move(*worst);
        }
        finding.says = finding_text(finding);
        report_.findings.push_back(std::move(finding));
        return Done{};
    }

    Finding finding_of(const WatchedSeries& one, const Episode& episode, const ToldChange& told,
                       std::span<const SessionCount> own) const {
        Finding f;
        f.kind = kind_of(one.of);
        f.dimension = dimension_of(one.of);
        f.evaluator = one.of.evaluator;
        f.version = one.of.version;
        f.service = one.of.service;
        f.measure = measure_words(one);
        // Of spans fewer are worse, of all other figures more.
        f.worse = (episode.direction == Direction::score_fell) != (one.of.dimension == "spans");
        f.found = (episode.alarm + 1) * hour_ns;
        f.since = told.since * hour_ns;
        f.since_earliest = told.earliest * hour_ns;
        f.since_latest = told.latest * hour_ns;
        if (episode.ended) f.ended = *episode.ended * hour_ns;
        Estimate before = told.before, after = told.after, change = told.change;
        if (one.quantile > 0) {
            before = quantile_of(own, told.before_hours, one.quantile, one.watch.design_effect);
            after = quantile_of(own, {&told.after_hours, 1}, one.quantile, one.watch.design_effect);
            change = {after.value - before.value,
                      0,
                      {after.interval.low - before.interval.high,
                       after.interval.high - before.interval.low}};
        }
        f.before = before.value, f.before_low = before.interval.low;
        f.before_high = before.interval.high;
        f.after = after.value, f.after_low = after.interval.low, f.after_high = after.interval.high;
        f.change = change.value, f.change_low = change.interval.low;
        f.change_high = change.interval.high;
        f.sessions_before = told.sessions_before;
        f.sessions_after = told.sessions_after;
        f.pages = f.worse;
        f.level = episode.level;
        name(f, one.of);
        return f;
    }

    void tell_shape(const WatchedSeries& one) {
        const auto shapes = shapes_.find(one.of.id);
        if (shapes == shapes_.end()) return;
        for (const ShapeEpisode& shape : shapes->second) {
            Finding f;
            f.kind = FindingKind::distribution_drift;
            f.dimension = one.of.dimension;
            f.evaluator = one.of.evaluator;
            f.version = one.of.version;
            f.service = one.of.service;
            if (one.of.is_slice()) f.slice[one.of.attribute] = one.of.value;
            f.measure = "distance from the reference";
            f.found = (shape.began + week) * hour_ns;
            f.since = f.since_earliest = shape.began * hour_ns;
            f.since_latest = (shape.began + week) * hour_ns;
            if (shape.ended + week <= before_hour_) f.ended = shape.ended * hour_ns;
            f.after = f.change = shape.drift.moved;
            f.sessions_before = shape.sessions_before;
            f.sessions_after = shape.sessions_after;
            name(f, one.of);
            f.says = finding_text(f);
            report_.findings.push_back(std::move(f));
        }
    }

    static void name(Finding& f, const SessionSeries& of) {
        const std::string all = fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", to_word(f.kind),
                                            f.dimension, f.evaluator, f.version, f.service,
                                            of.attribute, of.value, f.measure, f.found);
        f.id = fmt::format("{:016x}", hash64(all));
    }

    static void explain(Finding& finding, const Attribution& attribution,
                        std::span<const VersionEvent> events) {
        finding.answer = to_word(attribution.answer);
        finding.replay = attribution.replay;
        for (const Cause& cause : attribution.causes) {
            record::FindingCause said;
            said.element = cause.kind == CauseKind::element || cause.kind == CauseKind::judge
                               ? cause.name()
                               : "mix";
            said.probability = cause.probability;
            said.effect = cause.effect.value;
            said.low = cause.effect.interval.low;
            said.high = cause.effect.interval.high;
            const VersionEvent* nearest = nullptr;
            for (const VersionEvent& event : events)
                if (std::ranges::find(cause.elements, event.element) != cause.elements.end() &&
                    (!nearest || std::abs(event.hour * hour_ns - finding.since) <
                                     std::abs(nearest->hour * hour_ns - finding.since)))
                    nearest = &event;
            if (nearest && cause.elements.size() == 1)
                said.from = nearest->from, said.to = nearest->to;
            finding.causes.push_back(std::move(said));
        }
        if (attribution.answer == Attribution::Answer::explained &&
            attribution.top()->kind != CauseKind::element &&
            attribution.top()->kind != CauseKind::judge) {
            finding.kind = FindingKind::mix_shift;
            finding.pages = false;
        }
    }

    record::SessionHours& hours_;
    const WatchOptions& options_;
    std::int32_t before_hour_;
    std::vector<SessionSeries> all_;
    std::map<std::pair<std::string, std::map<std::string, std::string>>, std::vector<VersionEvent>>
        events_;
    std::map<std::uint32_t, std::vector<ShapeEpisode>> shapes_;  ///< By series.
    std::map<std::uint32_t, std::vector<SessionCount>> moved_;   ///< Of series with episodes.
    WatchReport report_;
};

}  // namespace

std::string dimension_of(const SessionSeries& series) {
    if (!series.is_measure()) return series.dimension;
    if (series.dimension == "latency_ms" || series.dimension == "first_token_ms") return "latency";
    return series.dimension == "spans" || series.dimension == record::incomplete_measure
               ? "coverage"
               : "cost";
}

std::string measure_words(const WatchedSeries& one) {
    if (!one.of.is_measure()) return "mean score";
    if (one.of.dimension == record::incomplete_measure) return "share complete";
    const std::map<std::string, std::string> units{{"latency_ms", "ms"},
                                                   {"first_token_ms", "ms to the first token"},
                                                   {"cost_usd", "usd"},
                                                   {"input_tokens", "input tokens"},
                                                   {"output_tokens", "output tokens"},
                                                   {"spans", "spans"}};
    return fmt::format("p{:g} {}", 100 * one.quantile, units.at(one.of.dimension));
}

std::vector<double> watched_quantiles(const std::string& measure) {
    if (measure == "latency_ms" || measure == "first_token_ms") return {.95, .99};
    if (measure == record::incomplete_measure) return {0};  // A share, not a quantile.
    if (measure == "spans") return {.1};
    return {.5, .95};
}

Result<WatchReport> watch(record::SessionHours& hours, const WatchOptions& options, UnixNanos end) {
    return Run(hours, options, end).run();
}

}  // namespace plimsoll::analyse
