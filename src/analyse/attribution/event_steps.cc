#include "analyse/attribution/event_steps.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>

namespace plimsoll::analyse {

namespace {

constexpr double each_further_event = 0.25;
/// A step must not take in what another event may have done: it ends at all with this probability.
constexpr double kept_apart_from = 0.05;

/// Sums over any run of buckets.
class Runs {
  public:
    explicit Runs(std::span<const PassBucket> buckets) : until_(buckets.size() + 1) {
        for (std::size_t t = 0; t < buckets.size(); ++t) {
            until_[t + 1] = {until_[t].passed + buckets[t].passed, until_[t].n + buckets[t].n};
        }
    }
    PassBucket sum(std::size_t from, std::size_t to) const {
        const double n = std::max(0.0, until_[to].n - until_[from].n);
        return {std::clamp(until_[to].passed - until_[from].passed, 0.0, n), n};
    }

  private:
    std::vector<PassBucket> until_;
};

/// Times that have events, and which sets of names.
struct Moment {
    std::size_t at = 0;
    std::vector<std::string> names;
};

/// The moments of a subset between the two ends.
std::vector<std::size_t> cuts(const std::vector<Moment>& moments, std::uint32_t subset,
                              std::size_t end) {
    std::vector<std::size_t> result = {0};
    for (std::size_t m = 0; m < moments.size(); ++m) {
        if (subset >> m & 1) result.push_back(moments[m].at);
    }
    result.push_back(end);
    return result;
}

std::vector<Moment> moments_of(std::span<const KnownEvent> events, std::size_t end) {
    std::map<std::size_t, std::vector<std::string>> named;
    for (const KnownEvent& event : events) {
        if (event.at >= 1 && event.at < end) named[event.at].push_back(event.name);
    }
    std::vector<Moment> result;
    for (auto& [at, names] : named) {
        if (result.size() == event_moments_max) break;
        std::ranges::sort(names);
        result.push_back({at, std::move(names)});
    }
    return result;
}

Estimate sum_of(const Estimate& a, const Estimate& b) {
    const double value = a.value + b.value, error = std::hypot(a.standard_error, b.standard_error);
    return {value, error, {value - z_95_two_sided * error, value + z_95_two_sided * error}};
}

Estimate step_between(const PassBucket& before, const PassBucket& after) {
    if (before.n <= 0 || after.n <= 0) return {0, INFINITY, {-1, 1}};
    const auto variance = [](const PassBucket& run) {  // With half a pass and half a failure more.
        const double p = (run.passed + 0.5) / (run.n + 1);
        return p * (1 - p) / run.n;
    };
    const double step = after.passed / after.n - before.passed / before.n;
    const double error = std::sqrt(variance(before) + variance(after));
    return {step, error, {step - z_95_two_sided * error, step + z_95_two_sided * error}};
}

}  // namespace

EventSteps event_steps(std::span<const PassBucket> buckets, std::span<const KnownEvent> events,
                       const ChangePriors& priors) {
    EventSteps result;
    if (buckets.size() < 2) return result;
    const std::size_t end = buckets.size();
    const std::vector<Moment> moments = moments_of(events, end);
    const auto count = static_cast<unsigned>(moments.size());

    // log(prior) + log(marginal) of each model, against "nothing changed".
    const Runs runs(buckets);
    const double whole = log_marginal(runs.sum(0, end));
    const double others = static_cast<double>(end - 1 - count), change = 1 - priors.none;
    const double of_events = moments.empty() ? 0 : others == 0 ? change : priors.events;
    std::vector<double> subset_weight(std::size_t{1} << count);
    subset_weight[0] = priors.none;
    double weights = 0;  // Of non-empty subsets: (1 + 1/4)^E - 1, times 4.
    for (std::uint32_t subset = 1; subset < subset_weight.size(); ++subset) {
        weights += std::pow(each_further_event, std::popcount(subset) - 1);
    }
    double most = 0;
    std::vector<double> subset_fit(subset_weight.size());
    for (std::uint32_t subset = 1; subset < subset_weight.size(); ++subset) {
        const auto at = cuts(moments, subset, end);
        double fit = -whole;
        for (std::size_t i = 1; i < at.size(); ++i) fit += log_marginal(runs.sum(at[i - 1], at[i]));
        subset_fit[subset] = fit;
        subset_weight[subset] =
            of_events * std::pow(each_further_event, std::popcount(subset) - 1) / weights;
        most = std::max(most, fit);
    }
    std::vector<double> other_fit;
    for (std::size_t t = 1; t < end; ++t) {
        if (std::ranges::find(moments, t, &Moment::at) != moments.end()) continue;
        other_fit.push_back(log_marginal(runs.sum(0, t)) + log_marginal(runs.sum(t, end)) - whole);
        most = std::max(most, other_fit.back());
    }
    double total = 0;
    for (std::uint32_t subset = 0; subset < subset_weight.size(); ++subset) {
        subset_weight[subset] *= std::exp(subset_fit[subset] - most);
        total += subset_weight[subset];
    }
    for (const double fit : other_fit)
        result.other += (change - of_events) / others * std::exp(fit - most);
    total += result.other;
    result.other /= total;
    result.none = subset_weight[0] / total;
    // The moments of each set of names, by their first ones.
    std::vector<std::uint32_t> groups;
    for (unsigned m = 0; m < count; ++m) {
        std::uint32_t own = 0;
        for (unsigned other = 0; other < count; ++other) {
            if (moments[other].names == moments[m].names) own |= 1u << other;
        }
        if (std::countr_zero(own) == static_cast<int>(m)) groups.push_back(own);
    }
    const auto probability = [&](std::uint32_t group) {
        double sum = 0;
        for (std::uint32_t subset = 1; subset < subset_weight.size(); ++subset)
            sum += (subset & group) != 0 ? subset_weight[subset] / total : 0;
        return sum;
    };
    for (const std::uint32_t own : groups) {
        EventStep step{.events = moments[static_cast<std::size_t>(std::countr_zero(own))].names,
                       .probability = probability(own)};
        for (unsigned m = 0; m < count; ++m) {
            if (own >> m & 1) step.at.push_back(moments[m].at);
        }
        // Another ramp is a change from its first to its last moment, whichever of them stood out.
        std::uint32_t others = 0;
        for (const std::uint32_t group : groups) {
            if (group != own && probability(group) >= kept_apart_from) others |= group;
        }
        const auto at = cuts(moments, others, end);
        const std::size_t first = step.at.front(), last = step.at.back();
        const auto behind = std::ranges::upper_bound(at, first);
        if (*behind > last) {
            step.step = step_between(runs.sum(behind[-1], first), runs.sum(last, *behind));
        } else {  // Another change amid the ramp: what happened at each of its own moments.
            const auto all = cuts(moments, others | own, end);
            for (std::size_t i = 1; i + 1 < all.size(); ++i) {
                if (std::ranges::find(step.at, all[i]) == step.at.end()) continue;
                step.step = sum_of(step.step, step_between(runs.sum(all[i - 1], all[i]),
                                                           runs.sum(all[i], all[i + 1])));
            }
        }
        result.events.push_back(std::move(step));
    }
    return result;
}

}  // namespace plimsoll::analyse
