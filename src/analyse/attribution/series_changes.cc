#include "analyse/attribution/series_changes.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "analyse/attribution/change_point.h"
#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

namespace {

struct Weighed {
    double w = 0, wm = 0;
    void add(double weight, double mean) { w += weight, wm += weight * mean; }
};

/// The mean square of normal values of which up to a fifth, the largest, are something else.
double trimmed_square(std::vector<double> squares) {
    std::ranges::sort(squares);
    const std::size_t kept = squares.size() - squares.size() / 5;
    double sum = 0;
    for (std::size_t i = 0; i < kept; ++i) sum += squares[i];
    const double share = static_cast<double>(kept) / static_cast<double>(squares.size());
    if (share == 1) return sum / static_cast<double>(kept);
    const double z = normal_quantile((1 + share) / 2);
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    return sum / static_cast<double>(kept) * share / (share - 2 * z * density);
}

/// Everything about the search but the buckets' own numbers.
class Search {
  public:
    Search(std::span<const SeriesBucket> buckets, std::span<const SeriesEvent> events)
        : buckets_(buckets), events_(events) {
        std::vector<double> squares;
        double sampling = 0;
        for (std::size_t i = 0; i < buckets.size(); ++i) {
            overall_.add(1 / buckets[i].variance, buckets[i].mean);
            if (i == 0) continue;
            squares.push_back(std::pow(buckets[i].mean - buckets[i - 1].mean, 2));
            sampling += buckets[i].variance + buckets[i - 1].variance;
        }
        sampling /= static_cast<double>(squares.size());
        tau2_ = std::max(0.0, (trimmed_square(squares) - sampling) / 2);
    }

    double tau() const { return std::sqrt(tau2_); }
    double mean() const { return overall_.wm / overall_.w; }

    /// The beginnings of changes between `begin` and `end`, in time.
    void find(std::size_t begin, std::size_t end, std::vector<std::size_t>& found) const {
        if (end - begin < change_buckets_min) return;
        const ChangePoint point = between(begin, end);
        if (1 - point.none < change_told_at) return;
        const std::size_t at = begin + point.times.front().at;
        find(begin, at, found);
        found.push_back(at);
        find(at, end, found);
    }

    ChangePoint between(std::size_t begin, std::size_t end) const {
        std::vector<PassBucket> counts;
        for (std::size_t i = begin; i < end; ++i) {
            const double n = mean() * (1 - mean()) * weight(i);
            counts.push_back({n * buckets_[i].mean, n});
        }
        std::vector<KnownEvent> known;
        for (std::size_t e = 0; e < events_.size(); ++e) {
            for (std::size_t i = begin + 1; i < end; ++i) {
                if (carries(events_[e], i)) known.push_back({i - begin, events_[e].what});
            }
        }
        return change_point(counts, known);
    }

    SeriesChange told(std::size_t begin, std::size_t end, const ChangePoint& point) const {
        SeriesChange change;
        const auto at = [&](const ChangeTime& time) { return begin + time.at; };
        const std::size_t best = at(point.times.front());
        change.probability = 1 - point.none;
        change.time_s = buckets_[best].begin_s;
        change.earliest_s = change.latest_s = change.time_s;
        for (const ChangeTime& time : point.likely()) {
            change.earliest_s = std::min(change.earliest_s, buckets_[at(time)].begin_s);
            change.latest_s = std::max(change.latest_s, buckets_[at(time)].begin_s);
        }
        const auto [before, after] = sides(begin, best, end);
        change.before = before.wm / before.w;
        change.after = after.wm / after.w;
        change.effect = effect(begin, end, point);
        for (const SeriesEvent& event : events_) {
            double probability = 0;
            for (const ChangeTime& time : point.times) {
                if (carries(event, at(time))) probability += time.probability;
            }
            constexpr double worth_telling = .01;
            if (probability >= worth_telling) change.events.push_back({event.what, probability});
        }
        std::ranges::stable_sort(change.events, std::greater<>(), &EventShare::probability);
        return change;
    }

  private:
    double weight(std::size_t i) const { return 1 / (buckets_[i].variance + tau2_); }

    /// From the last beginning before the event to the first after it.
    bool carries(const SeriesEvent& event, std::size_t i) const {
        const double previous = buckets_[i - 1].begin_s, here = buckets_[i].begin_s;
        const double next =
            i + 1 < buckets_.size() ? buckets_[i + 1].begin_s : here + (here - previous);
        return next > event.begin_s && previous < event.end_s;
    }

    struct Sides {
        Weighed before, after;
    };
    Sides sides(std::size_t begin, std::size_t at, std::size_t end) const {
        Sides both;
        for (std::size_t i = begin; i < end; ++i) {
            (i < at ? both.before : both.after).add(weight(i), buckets_[i].mean);
        }
        return both;
    }

    /// The law of total variance over the times.
    Estimate effect(std::size_t begin, std::size_t end, const ChangePoint& point) const {
        double total = 0, mean = 0, square = 0;
        for (const ChangeTime& time : point.times) {
            const auto [before, after] = sides(begin, begin + time.at, end);
            const double by = after.wm / after.w - before.wm / before.w;
            total += time.probability;
            mean += time.probability * by;
            square += time.probability * (by * by + 1 / before.w + 1 / after.w);
        }
        mean /= total;
        const double error = std::sqrt(std::max(0.0, square / total - mean * mean));
        const double half =
            error * student_quantile(.975, static_cast<double>(buckets_.size()) - 2);
        return {mean, error, {mean - half, mean + half}};
    }

    std::span<const SeriesBucket> buckets_;
    std::span<const SeriesEvent> events_;
    Weighed overall_;
    double tau2_ = 0;
};

}  // namespace

std::vector<std::string> SeriesChange::named() const {
    std::vector<std::string> names;
    for (const EventShare& event : events) {
        if (event.probability >= name_event_at) names.push_back(event.what);
    }
    return names;
}

Computed<SeriesChanges> series_changes(std::span<const SeriesBucket> buckets,
                                       std::span<const SeriesEvent> events) {
    if (buckets.size() < change_buckets_min) {
        return Undefined{std::to_string(buckets.size()) + " days or weeks, at least " +
                         std::to_string(change_buckets_min) + " are needed to find a change"};
    }
    const Search search(buckets, events);
    if (search.mean() <= 0 || search.mean() >= 1) return Undefined{"all scores are alike"};

    SeriesChanges result;
    result.tau = search.tau();
    result.none = search.between(0, buckets.size()).none;
    std::vector<std::size_t> found;
    search.find(0, buckets.size(), found);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::size_t begin = i == 0 ? 0 : found[i - 1];
        const std::size_t end = i + 1 < found.size() ? found[i + 1] : buckets.size();
        const ChangePoint point = search.between(begin, end);
        if (1 - point.none < change_told_at) continue;
        result.changes.push_back(search.told(begin, end, point));
    }
    return result;
}

}  // namespace plimsoll::analyse
