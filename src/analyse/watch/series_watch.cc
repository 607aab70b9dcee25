#include "analyse/watch/series_watch.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "analyse/stats/cluster_variance.h"
#include "analyse/watch/hour_evidence.h"
#include "base/permanent_random.h"

namespace plimsoll::analyse {

namespace {

constexpr std::int32_t day = 24, week = 168;

std::int32_t floor_to(std::int32_t hour, std::int32_t step) {
    return hour - ((hour % step) + step) % step;
}

/// Evidence that the loss left the bounds of a baseline, or of one moment's.
struct Side {
    HourEvidence evidence;
    bool on = false;
    /// By weight and loss, while the bound and the largest weight are what they were.
    std::map<std::pair<float, float>, LogFactors> factors;
    double bound = -1, weight_max = 0;
};

class Watching {
  public:
    Watching(std::span<const LossCount> counts, const SeriesWatchOptions& options)
        : counts_(counts), options_(options) {}

    SeriesWatch run() {
        if (counts_.empty()) return watch_;
        watch_.base_hour = floor_to(counts_.front().hour, day);
        watch_.reference_end = watch_.base_hour;
        for (std::size_t at = 0; at < counts_.size();) {
            const std::int32_t hour = counts_[at].hour;
            std::size_t end = at;
            for (; end < counts_.size() && counts_[end].hour == hour; ++end)
                weight_max_ = std::max(weight_max_, double{counts_[end].weight});
            grow_reference(hour);
            if (watch_.baseline) look(hour, counts_.subspan(at, end - at));
            at = end;
        }
        // The last week may have been the one that was missing.
        grow_reference(counts_.back().hour + 1);
        if (!watch_.baseline) watch_.ready = when_ready();
        watch_.level_fell = fell_.evidence.value() / side_threshold();
        watch_.level_rose = rose_.evidence.value() / side_threshold();
        watch_.threshold = side_threshold();
        return watch_;
    }

  private:
    double side_threshold() const {
        if (watch_.sessions_per_day <= 0) return 1;
        const double both =
            page_threshold(options_.series, watch_.sessions_per_day, options_.false_pages);
        return both * (fell_.on && rose_.on ? 2 : 1);
    }

    /// Takes in the weeks that were over before `hour`, while there are to be more.
    void grow_reference(std::int32_t hour) {
        if (!watch_.episodes.empty()) return;
        const std::int32_t over = (hour - watch_.base_hour) / week;
        const std::int32_t have = (watch_.reference_end - watch_.base_hour) / week;
        if (over < options_.weeks_min) return;
        // Each time twice as long: a baseline costs as much as watching two weeks with it.
        std::int32_t weeks = options_.weeks_min;
        while (2 * weeks <= over) weeks *= 2;
        if (over >= options_.weeks_max) weeks = options_.weeks_max;
        if (reference_.all.all.n < reference_sessions_min) weeks = over;
        if (weeks <= have) return;
        const std::int32_t end = watch_.base_hour + weeks * week;
        for (const LossCount& one : between(counts_, watch_.reference_end, end)) add(one);
        watch_.reference_end = end;
        watch_.baseline = baseline_of(reference_);
        if (!watch_.baseline) return;
        LossBaseline wider = *watch_.baseline;
        wider.tolerance += options_.tolerance;
        wider.high += options_.tolerance;
        wider.low = std::max(0.0, wider.low - options_.tolerance);
        watch_.baseline = wider;
        const auto between_hours = cluster_variance(reference_.all);
        watch_.design_effect =
            between_hours
                ? std::max(1.0, analyse::design_effect(reference_.all.all, between_hours->variance))
                : 1;
        watch_.sessions_per_day =
            static_cast<double>(reference_.all.all.n) / (static_cast<double>(weeks) * 7);
        fell_.bound = rose_.bound = -1;  // The hours' pattern may differ where the bound does not.
        fell_.on = wider.high_max() < 1;
        rose_.on = wider.low_min() > 0;
    }

    /// Hours are the clusters: who came in the same hour may have met the same trouble.
    void add(const LossCount& one) {
        if (one.hour != bucket_hour_) {
            bucket_hour_ = one.hour;
            bucket_ = cluster_bucket(std::to_string(one.hour), series_buckets);
        }
        const double n = one.sessions, w = one.weight, y = one.loss;
        add_times(reference_.all.all, w, y, n);
        reference_.all.bucket_w[bucket_] += n * w;
        reference_.all.bucket_wy[bucket_] += n * w * y;
        add_times(reference_.hours[one.hour], w, y, n);
    }

    void look(std::int32_t hour, std::span<const LossCount> sessions) {
        if (!watch_.episodes.empty() && !watch_.episodes.back().ended) {
            look_for_recovery(hour, sessions);
            return;
        }
        const LossBaseline& base = *watch_.baseline;
        const double time_s = 3600.0 * hour;
        const double high = base.high_at(time_s), low = base.low_at(time_s);
        const double high_max = base.high_max(), low_min = base.low_min();
        if (fell_.on)
            add_to(fell_, hour, sessions, high, [&](double y) { return (y - high) / high_max; });
        if (rose_.on)
            add_to(rose_, hour, sessions, low, [&](double y) { return (low - y) / (1 - low_min); });
        for (Side* side : {&fell_, &rose_}) {
            const double level = side->evidence.value() / side_threshold();
            if (!side->on || level < 1) continue;
            begin_episode(side == &fell_ ? Direction::score_fell : Direction::score_rose,
                          side->evidence.begin(), hour, level);
            return;
        }
    }

    template <class Excess>
    void add_to(Side& side, std::int32_t hour, std::span<const LossCount> sessions, double bound,
                Excess&& excess) {
        if (side.bound != bound || side.weight_max != weight_max_) {
            side.factors.clear();
            side.bound = bound;
            side.weight_max = weight_max_;
        }
        of_hour_.clear();
        for (const LossCount& one : sessions) {
            const std::pair of(one.weight, one.loss);
            auto known = side.factors.find(of);
            if (known == side.factors.end()) {
                const LogFactors factors(one.weight / weight_max_ * excess(one.loss));
                known = side.factors.emplace(of, factors).first;
            }
            of_hour_.push_back({&known->second, static_cast<double>(one.sessions)});
        }
        side.evidence.update(hour, of_hour_);
    }

    void begin_episode(Direction direction, std::int32_t began, std::int32_t hour, double level) {
        watch_.episodes.push_back({direction, began, hour, level, std::nullopt});
        fell_.evidence.reset();
        rose_.evidence.reset();
        recovery_.evidence.reset();
        const WeightedSums since = sums_of(between(counts_, began, hour + 1));
        middle_ = std::clamp((watch_.baseline->mean + since.mean()) / 2, loss_bound_min,
                             1 - loss_bound_min);
    }

    /// H0: the loss stays on the far side of the middle. A false recovery once in 30 days.
    void look_for_recovery(std::int32_t hour, std::span<const LossCount> sessions) {
        Episode& episode = watch_.episodes.back();
        if (episode.direction == Direction::score_fell)
            add_to(recovery_, hour, sessions, middle_,
                   [&](double y) { return (middle_ - y) / (1 - middle_); });
        else
            add_to(recovery_, hour, sessions, -middle_,
                   [&](double y) { return (y - middle_) / middle_; });
        constexpr double days_to_a_false_one = 30;
        if (recovery_.evidence.value() < days_to_a_false_one * watch_.sessions_per_day) return;
        episode.ended = recovery_.evidence.begin();
    }

    std::optional<std::int32_t> when_ready() const {
        const std::int32_t last = counts_.back().hour + 1;
        const double days = std::max(1.0, (last - watch_.base_hour) / 24.0);
        double n = 0;
        for (const LossCount& one : counts_) n += one.sessions;
        const double needed_days = n > 0 ? reference_sessions_min / (n / days) : 1e9;
        constexpr double year = 365;
        if (needed_days > year) return std::nullopt;
        const auto weeks =
            std::max(options_.weeks_min, static_cast<std::int32_t>(std::ceil(needed_days / 7)));
        return watch_.base_hour + week * weeks;
    }

    std::span<const LossCount> counts_;
    const SeriesWatchOptions& options_;
    SeriesWatch watch_;
    ReferenceLosses reference_;
    std::int32_t bucket_hour_ = -1;
    std::size_t bucket_ = 0;
    double weight_max_ = 0;
    double middle_ = 0;
    Side fell_, rose_, recovery_;
    std::vector<FactorCount> of_hour_;
};

}  // namespace

SeriesWatch watch_series(std::span<const LossCount> counts, const SeriesWatchOptions& options) {
    const auto from = std::ranges::lower_bound(counts, options.base_hour, {}, &LossCount::hour);
    return Watching(counts.subspan(static_cast<std::size_t>(from - counts.begin())), options).run();
}

}  // namespace plimsoll::analyse
