#include "analyse/overlap/dimension_overlap.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>

#include "analyse/stats/distributions.h"
#include "analyse/stats/false_discovery.h"
#include "analyse/stats/jackknife.h"
#include "analyse/stats/weighted_sums.h"

namespace plimsoll::analyse {

namespace {

using Statistic = double (*)(const FailurePair&);

/// On the scale of `forth` the error is nearly normal; `back` returns from it.
Computed<Estimate> estimate(std::span<const FailurePair> buckets, Statistic statistic,
                            double (*forth)(double), double (*back)(double)) {
    if (buckets.size() < 8) return Undefined{"fewer than 8 buckets of users"};
    const auto jack =
        jackknife(buckets, [&](const FailurePair& pair) { return forth(statistic(pair)); });
    if (!jack) return Undefined{jack.why()};
    const double error = std::sqrt(jack->variance);
    const double half = student_quantile(.975, static_cast<double>(buckets.size() - 1)) * error;
    return Estimate{.value = back(jack->value),
                    .standard_error = error,
                    .interval = {back(jack->value - half), back(jack->value + half)}};
}

double logit(double p) {
    return std::log(p / (1 - p));
}
double logistic(double x) {
    return 1 / (1 + std::exp(-x));
}
double atanh_of(double r) {
    return std::atanh(r);
}
double tanh_of(double z) {
    return std::tanh(z);
}

double low(const Computed<Estimate>& one) {
    return one ? one->interval.low : 0;
}
double high(const Computed<Estimate>& one) {
    return one ? one->interval.high : 1;
}

Advice advise(const DimensionOverlap& o) {
    if (std::min(o.failures_a, o.failures_b) < overlap_failures_min) return Advice::insufficient;
    // A ratio of exactly 1 has no jackknife error: what it says, it says of at least 50 failures.
    const double a_to_b = o.pair.only_a == 0 ? 1 : low(o.b_given_a);
    const double b_to_a = o.pair.only_b == 0 ? 1 : low(o.a_given_b);
    if (low(o.jaccard) >= .5 || (a_to_b >= .7 && b_to_a >= .7)) return Advice::merge;
    if (a_to_b >= .9 && high(o.a_given_b) <= .7) return Advice::b_implied;
    if (b_to_a >= .9 && high(o.b_given_a) <= .7) return Advice::a_implied;
    if (low(o.phi) >= .3 && o.within_strata && o.within_strata->interval.contains(1))
        return Advice::shared_cause;
    return Advice::independent;
}

}  // namespace

std::string_view to_word(Advice advice) {
    switch (advice) {
        case Advice::insufficient:
            return "insufficient";
        case Advice::independent:
            return "independent";
        case Advice::merge:
            return "merge";
        case Advice::b_implied:
            return "B implied by A";
        case Advice::a_implied:
            return "A implied by B";
        case Advice::shared_cause:
            return "shared cause";
    }
    return "";
}

DimensionOverlap dimension_overlap(std::span<const FailedBoth> interactions) {
    DimensionOverlap o;
    o.interactions = interactions.size();
    std::vector<FailurePair> buckets(series_buckets);
    std::map<std::uint32_t, FailurePair> strata;
    double squares = 0, weights = 0;
    for (const FailedBoth& one : interactions) {
        assert(one.bucket < series_buckets);
        o.failures_a += one.a_fails;
        o.failures_b += one.b_fails;
        buckets[one.bucket].add(one.a_fails, one.b_fails, one.weight);
        strata[one.stratum].add(one.a_fails, one.b_fails, one.weight);
        weights += one.weight;
        squares += one.weight * one.weight;
    }
    std::erase(buckets, FailurePair{});
    for (const FailurePair& bucket : buckets) o.pair.merge(bucket);
    o.phi = estimate(buckets, phi, atanh_of, tanh_of);
    o.jaccard = estimate(buckets, jaccard, logit, logistic);
    o.b_given_a = estimate(buckets, b_given_a, logit, logistic);
    o.a_given_b = estimate(buckets, a_given_b, logit, logistic);
    std::vector<FailurePair> effective;  // Weights of 5 are not five interactions (Kish).
    for (const auto& [stratum, pair] : strata) {
        const double f = weights / squares;
        effective.push_back({f * pair.both, f * pair.only_a, f * pair.only_b, f * pair.neither});
    }
    o.within_strata = mantel_haenszel(effective);
    o.advice = advise(o);
    return o;
}

std::vector<double> adjusted_association(std::span<const DimensionOverlap> pairs) {
    std::vector<double> p;
    for (const DimensionOverlap& pair : pairs)
        if (pair.within_strata) p.push_back(pair.within_strata->p);
    const std::vector<double> adjusted = benjamini_hochberg(p);
    std::vector<double> answers;
    auto next = adjusted.begin();
    for (const DimensionOverlap& pair : pairs) answers.push_back(pair.within_strata ? *next++ : 1);
    return answers;
}

bool should_split(double alpha_of_rationales, std::span<const double> confirmed_slice_changes) {
    const auto up = [](double change) { return change > 0; };
    const auto down = [](double change) { return change < 0; };
    return alpha_of_rationales < .667 || (std::ranges::any_of(confirmed_slice_changes, up) &&
                                          std::ranges::any_of(confirmed_slice_changes, down));
}

}  // namespace plimsoll::analyse
