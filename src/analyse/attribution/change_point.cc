#include "analyse/attribution/change_point.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

namespace {

PassBucket operator+(const PassBucket& a, const PassBucket& b) {
    return {a.passed + b.passed, a.n + b.n};
}

GradedBucket operator+(const GradedBucket& a, const GradedBucket& b) {
    return {a.n + b.n, a.sum + b.sum, a.squares + b.squares};
}

/// Names the times that events have, and gives every time its prior probability.
void spread_prior(std::vector<ChangeTime>& times, std::span<const KnownEvent> events,
                  const ChangePriors& priors) {
    std::vector<double> share(times.size() + 1);
    double inside = 0;
    for (const KnownEvent& event : events) {
        if (event.at < 1 || event.at > times.size()) continue;
        std::string& name = times[event.at - 1].event;
        name += (name.empty() ? "" : " + ") + event.name;
        share[event.at] += 1;
        inside += 1;
    }
    const auto others = static_cast<double>(std::count(share.begin() + 1, share.end(), 0.0));
    const double change = 1 - priors.none;
    const double of_events = inside == 0 ? 0 : others == 0 ? change : priors.events;
    for (ChangeTime& time : times) {
        time.probability = share[time.at] > 0 ? of_events * share[time.at] / inside
                                              : (change - of_events) / others;
    }
}

template <class Bucket>
ChangePoint find(std::span<const Bucket> buckets, std::span<const KnownEvent> events,
                 const ChangePriors& priors) {
    assert(priors.none >= 0 && priors.events >= 0 && priors.none + priors.events <= 1);
    ChangePoint result;
    if (buckets.size() < 2) return result;
    std::vector<Bucket> behind(buckets.begin(), buckets.end());
    for (std::size_t t = buckets.size() - 1; t-- > 0;) behind[t] = buckets[t] + behind[t + 1];
    for (std::size_t t = 1; t < buckets.size(); ++t) result.times.push_back({.at = t});
    spread_prior(result.times, events, priors);

    const double whole = log_marginal(behind[0]);
    Bucket before{};
    double most = 0;
    for (ChangeTime& time : result.times) {
        before = before + buckets[time.at - 1];
        time.log_bayes_factor = log_marginal(before) + log_marginal(behind[time.at]) - whole;
        most = std::max(most, time.log_bayes_factor);
    }
    result.none = priors.none * std::exp(-most);
    double total = result.none;
    for (ChangeTime& time : result.times) {
        time.probability *= std::exp(time.log_bayes_factor - most);
        total += time.probability;
    }
    result.none /= total;
    for (ChangeTime& time : result.times) time.probability /= total;
    std::ranges::stable_sort(result.times, std::greater<>(), &ChangeTime::probability);
    return result;
}

}  // namespace

const ChangeTime* ChangePoint::named() const {
    for (const ChangeTime& time : times) {
        if (!time.event.empty() && time.probability >= name_event_at) return &time;
    }
    return nullptr;
}

std::span<const ChangeTime> ChangePoint::likely(double mass) const {
    double sum = 0;
    std::size_t count = 0;
    while (count < times.size() && sum < mass * (1 - none)) sum += times[count++].probability;
    return {times.data(), count};
}

PassBucket as_if_days_were_alike(const PassBucket& bucket, double day_sd) {
    if (bucket.n <= 0) return bucket;
    const double p = (bucket.passed + 0.5) / (bucket.n + 1);
    const double share = 1 / (1 + day_sd * day_sd * bucket.n / (p * (1 - p)));
    return {bucket.passed * share, bucket.n * share};
}

double log_marginal(const PassBucket& sum) {
    assert(sum.passed >= 0 && sum.passed <= sum.n);
    return log_beta(1 + sum.passed, 1 + sum.n - sum.passed);
}

double log_marginal(const GradedBucket& sum) {
    constexpr double mean_0 = 0.5, kappa_0 = 0.6, alpha_0 = 1, beta_0 = 0.05;
    if (sum.n <= 0) return 0;
    const double mean = sum.sum / sum.n;
    const double within = std::max(0.0, sum.squares - sum.n * mean * mean);
    const double kappa = kappa_0 + sum.n, alpha = alpha_0 + sum.n / 2;
    const double beta =
        beta_0 + within / 2 + kappa_0 * sum.n * (mean - mean_0) * (mean - mean_0) / (2 * kappa);
    return std::lgamma(alpha) - std::lgamma(alpha_0) + alpha_0 * std::log(beta_0) -
           alpha * std::log(beta) + (std::log(kappa_0) - std::log(kappa)) / 2 -
           sum.n / 2 * std::log(2 * std::numbers::pi);
}

ChangePoint change_point(std::span<const PassBucket> buckets, std::span<const KnownEvent> events,
                         const ChangePriors& priors) {
    return find(buckets, events, priors);
}

ChangePoint change_point(std::span<const GradedBucket> buckets, std::span<const KnownEvent> events,
                         const ChangePriors& priors) {
    return find(buckets, events, priors);
}

}  // namespace plimsoll::analyse
