#include "analyse/gate/paired_evidence.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <set>

#include "analyse/drift/confidence_sequence.h"
#include "analyse/gate/betting.h"
#include "analyse/gate/tango.h"
#include "analyse/stats/cluster_variance.h"
#include "analyse/stats/distributions.h"
#include "base/permanent_random.h"

namespace plimsoll::analyse {

namespace {

using Differences = std::vector<PairedDifference>;

PairedEvidence by_score_test(const PairedCounts& counts, double margin, double examples) {
    const double difference = counts.difference();
    const double discordance = (counts.candidate_only + counts.baseline_only) / counts.n;
    return {.difference = difference,
            .interval = tango_interval(counts, z_95_one_sided),
            .p_not_worse = normal_cdf(-tango_z(counts, -margin)),
            .p_worse = normal_cdf(tango_z(counts, 0)),
            .unit_variance = (discordance - difference * difference) * examples / counts.n,
            .method = "Tango's score test"};
}

PairedEvidence by_student(double mean, double variance, double degrees, double margin,
                          double examples, std::string_view method) {
    const double error = std::sqrt(variance), t = student_quantile(0.95, degrees);
    return {.difference = mean,
            .interval = clamped({mean - t * error, mean + t * error}, -1, 1),
            .p_not_worse = student_cdf(-(mean + margin) / error, degrees),
            .p_worse = student_cdf(mean / error, degrees),
            .unit_variance = variance * examples,
            .method = method};
}

PairedEvidence by_betting(const Differences& differences, double margin, double mean,
                          double variance) {
    std::vector<std::pair<double, double>> ordered;  // A fixed order that no score has a say in.
    for (const auto& one : differences) {
        ordered.emplace_back(permanent_random("gate", one.item), (one.value + 1) / 2);
    }
    std::ranges::stable_sort(ordered, std::less<>(), &std::pair<double, double>::first);
    std::vector<double> scores;
    Bettor not_worse((1 - margin) / 2, 0.05), worse(0.5, 0.01);
    for (const auto& [order, x] : ordered) {
        scores.push_back(x);
        not_worse.add(x);
        worse.add(1 - x);
    }
    const Interval halves = hedged_sequence(scores, 0.10);
    return {.difference = mean,
            .interval = {2 * halves.low - 1, 2 * halves.high - 1},
            .p_not_worse = std::fmin(1, std::exp(-not_worse.log_wealth())),
            .p_worse = std::fmin(1, std::exp(-worse.log_wealth())),
            .unit_variance = variance,
            .method = "betting"};
}

}  // namespace

Computed<PairedEvidence> paired_evidence(const PairedSample& sample, double margin) {
    assert(margin > 0 && margin < 1);
    const Differences& differences = sample.differences;
    const auto examples = static_cast<double>(differences.size());
    if (differences.empty()) return Undefined{"no example was scored on both sides"};

    WeightedSums sums;
    ClusteredSums buckets;
    std::set<std::string_view> clusters;
    PairedCounts counts{.n = examples};
    const bool clustered = sample.clustered();
    for (const PairedDifference& one : differences) {
        const std::string& cluster = one.cluster.empty() ? one.item : one.cluster;
        sums.add(one.weight, one.value);
        buckets.add(one.weight, one.value, cluster);
        if (clustered) clusters.insert(cluster);
        counts.candidate_only += one.value == 1;
        counts.baseline_only += one.value == -1;
    }
    const bool all_alike = sums.w2y2 == 0;
    if (clustered) {
        const auto count = static_cast<double>(clusters.size());
        // Without a difference there is no variance to read: each cluster is one example then.
        if (all_alike) return by_score_test({.n = count}, margin, examples);
        const auto variance = cluster_variance(buckets, count);
        if (!variance) return Undefined{variance.why()};
        return by_student(sums.mean(), variance->variance,
                          static_cast<double>(variance->buckets) - 1, margin, examples,
                          "mean, variance between clusters");
    }
    if (sample.weighted()) {
        if (all_alike) return by_score_test({.n = sums.kish_count()}, margin, examples);
        if (examples < clusters_min) return Undefined{"fewer than 40 weighted examples"};
        return by_student(sums.mean(), sums.process_variance() * examples / (examples - 1),
                          examples - 1, margin, examples, "weighted mean");
    }
    if (sample.binary()) return by_score_test(counts, margin, examples);
    const double variance = examples > 1 ? sums.process_variance() * examples / (examples - 1) : 1;
    if (differences.size() < graded_examples_for_t || variance <= 0) {
        return by_betting(differences, margin, sums.mean(), variance * examples);
    }
    return by_student(sums.mean(), variance, examples - 1, margin, examples, "mean of differences");
}

}  // namespace plimsoll::analyse
