#include "analyse/attribution/event_steps.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>

namespace plimsoll::analyse {

namespace {

constexpr double each_further_event = 0.25;

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

/// The moments of a subset between the two ends.
std::vector<std::size_t> cuts(const std::vector<EventStep>& events, std::uint32_t subset,
                              std::size_t end) {
    std::vector<std::size_t> result = {0};
    for (std::size_t e = 0; e < events.size(); ++e) {
        if (subset >> e & 1) result.push_back(events[e].at);
    }
    result.push_back(end);
    return result;
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
    std::map<std::size_t, std::vector<std::string>> named;
    for (const KnownEvent& event : events) {
        if (event.at < 1 || event.at >= end) continue;
        named[event.at].push_back(event.name);
    }
    for (const auto& [at, names] : named) {
        if (result.events.size() == event_moments_max) break;
        result.events.push_back({.at = at, .events = names});
    }
    const auto moments = static_cast<unsigned>(result.events.size());

    // log(prior) + log(marginal) of each model, against "nothing changed".
    const Runs runs(buckets);
    const double whole = log_marginal(runs.sum(0, end));
    const double others = static_cast<double>(end - 1 - moments), change = 1 - priors.none;
    const double of_events = moments == 0 ? 0 : others == 0 ? change : priors.events;
    std::vector<double> subset_weight(std::size_t{1} << moments);
    subset_weight[0] = priors.none;
    double weights = 0;  // Of non-empty subsets: (1 + 1/4)^E - 1, times 4.
    for (std::uint32_t subset = 1; subset < subset_weight.size(); ++subset) {
        weights += std::pow(each_further_event, std::popcount(subset) - 1);
    }
    double most = 0;
    std::vector<double> subset_fit(subset_weight.size());
    for (std::uint32_t subset = 1; subset < subset_weight.size(); ++subset) {
        const auto at = cuts(result.events, subset, end);
        double fit = -whole;
        for (std::size_t i = 1; i < at.size(); ++i) fit += log_marginal(runs.sum(at[i - 1], at[i]));
        subset_fit[subset] = fit;
        subset_weight[subset] =
            of_events * std::pow(each_further_event, std::popcount(subset) - 1) / weights;
        most = std::max(most, fit);
    }
    std::vector<double> other_fit;
    for (std::size_t t = 1; t < end; ++t) {
        if (named.contains(t)) continue;
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
    for (unsigned e = 0; e < moments; ++e) {
        EventStep& step = result.events[e];
        std::uint32_t likeliest = 1u << e;
        for (std::uint32_t subset = 1; subset < subset_weight.size(); ++subset) {
            if (!(subset >> e & 1)) continue;
            step.probability += subset_weight[subset] / total;
            if (subset_weight[subset] > subset_weight[likeliest]) likeliest = subset;
        }
        const auto at = cuts(result.events, likeliest, end);
        const auto here = std::ranges::find(at, step.at);
        step.step = step_between(runs.sum(here[-1], here[0]), runs.sum(here[0], here[1]));
    }
    return result;
}

}  // namespace plimsoll::analyse
