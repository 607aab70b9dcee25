#include "analyse/overlap/dimension_overlap.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>

#include "analyse/stats/distributions.h"
#include "analyse/stats/false_discovery.h"
#include "analyse/stats/jackknife.h"
#include "analyse/stats/weighted_sums.h"

namespace plimsoll::analyse {

namespace {

/// phi, by way of atanh, on which scale its error is nearly normal.
Computed<Estimate> correlation(std::span<const FailurePair> buckets) {
    if (buckets.size() < 8) return Undefined{"fewer than 8 buckets of users"};
    const auto jack =
        jackknife(buckets, [](const FailurePair& pair) { return std::atanh(phi(pair)); });
    if (!jack) return Undefined{jack.why()};
    const double error = std::sqrt(jack->variance);
    const double half = student_quantile(.975, static_cast<double>(buckets.size() - 1)) * error;
    return Estimate{.value = std::tanh(jack->value),
                    .standard_error = error,
                    .interval = {std::tanh(jack->value - half), std::tanh(jack->value + half)}};
}

/// Of the weight of both failing in a `whole`. A jackknife would not do: with one exception left
/// out the share is 1, which has no logit, and with two it leaps.
Computed<Mean> share(std::span<const FailurePair> buckets, double (*whole)(const FailurePair&),
                     double effective) {
    std::vector<double> w, wy;
    for (const FailurePair& bucket : buckets) {
        w.push_back(whole(bucket));
        wy.push_back(bucket.both);
    }
    const double all = std::accumulate(w.begin(), w.end(), 0.);
    const auto mean = mean_of(static_cast<std::uint64_t>(all * effective), {w, wy});
    if (!mean) return Undefined{"it never fails"};
    return *mean;
}

template <class One>
double low(const Computed<One>& one) {
    return one ? one->interval.low : 0;
}
double high(const Computed<Mean>& one) {
    return one ? one->interval.high : 1;
}

Advice advise(const DimensionOverlap& o) {
    if (std::min(o.failures_a, o.failures_b) < overlap_failures_min) return Advice::insufficient;
    const double a_to_b = low(o.b_given_a), b_to_a = low(o.a_given_b);
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
    for (const FailurePair& bucket : buckets) o.pair.merge(bucket);
    const double f = weights > 0 ? weights / squares : 0;  // Kish: five of weight 5 are not 25.
    o.jaccard = share(
        buckets, [](const FailurePair& pair) { return pair.a() + pair.only_b; }, f);
    o.b_given_a = share(
        buckets, [](const FailurePair& pair) { return pair.a(); }, f);
    o.a_given_b = share(
        buckets, [](const FailurePair& pair) { return pair.b(); }, f);
    std::erase(buckets, FailurePair{});
    o.phi = correlation(buckets);
    std::vector<FailurePair> effective;
    for (const auto& [stratum, pair] : strata) {
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
