#include "analyse/comparison/gate_evidence.h"

#include <cmath>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "analyse/comparison/tango.h"
#include "analyse/drift/confidence_sequence.h"
#include "analyse/stats/distributions.h"

namespace plimsoll::analyse {

namespace {

/// Fewer graded pairs without clusters than this: no normal approximation, but betting.
constexpr std::size_t graded_pairs_min = 100;
constexpr std::size_t clusters_min = 8;

PairedCounts counts_of(const GateDimension& dimension) {
    PairedCounts counts{.n = static_cast<double>(dimension.pairs.size())};
    for (const GatePair& pair : dimension.pairs) {
        counts.gained += pair.candidate > pair.baseline;
        counts.lost += pair.candidate < pair.baseline;
    }
    return counts;
}

Evidence by_tango(const GateDimension& dimension, const GateOptions& options) {
    const PairedCounts counts = counts_of(dimension);
    const double z = normal_quantile(1 - options.pass_alpha);
    return {.method = "Tango's score",
            .passes = tango_z(counts, -dimension.margin) >= z,
            .p_worse = normal_cdf(tango_z(counts, 0)),
            .interval = tango(counts, z)};
}

struct Clusters {
    double count = 0;
    double kish = 0;  ///< So many clusters of equal weight.
    /// Sum of squares of w (d - mean), summed within clusters first, and not.
    double squares = 0, independent = 0;
    double design_effect() const {
        return independent > 0 ? std::fmax(1, count / (count - 1) * squares / independent) : 1;
    }
};

Clusters clusters_of(const GateDimension& dimension, const PairSums& sums) {
    struct Sum {
        double weight = 0, off = 0;
    };
    std::map<std::string_view, Sum> by_cluster;
    Clusters clusters;
    for (const GatePair& pair : dimension.pairs) {
        const double term = pair.weight * (pair.candidate - pair.baseline - sums.difference);
        by_cluster[pair.cluster].weight += pair.weight;
        by_cluster[pair.cluster].off += term;
        clusters.independent += term * term;
    }
    double weight_squares = 0;
    for (const auto& [cluster, sum] : by_cluster) {
        clusters.squares += sum.off * sum.off;
        weight_squares += sum.weight * sum.weight;
    }
    clusters.count = static_cast<double>(by_cluster.size());
    clusters.kish = sums.weight * sums.weight / weight_squares;
    return clusters;
}

/// Nothing differs in any cluster: a variance of 0 would prove everything. As many clusters as
/// there are (Kish's count, if their weights differ) are examples on which two systems agreed.
Evidence by_agreement(const GateDimension& dimension, double clusters, const GateOptions& options) {
    const double z = normal_quantile(1 - options.pass_alpha);
    const PairedCounts counts{.n = clusters};
    const double needed = z * z * (1 - dimension.margin) / dimension.margin;
    return {
        .method = fmt::format("{:.0f} clusters alike, Tango's score", clusters),
        .passes = tango_z(counts, -dimension.margin) >= z,
        .p_worse = normal_cdf(tango_z(counts, 0)),
        .interval = tango(counts, z),
        .pairs_needed = std::ceil(needed * static_cast<double>(dimension.pairs.size()) / clusters)};
}

/// Scores of 0 and 1: as many independent examples as the clusters are worth (Rao and Scott), in
/// Tango's score. Its variance is that of a loss of the margin; the one seen is too small whenever
/// fewer losses than usual are seen, which is when a gate passes.
Evidence by_shrunk_counts(const GateDimension& dimension, const Clusters& clusters,
                          const GateOptions& options) {
    const double effect = clusters.design_effect(), degrees = clusters.count - 1;
    PairedCounts counts = counts_of(dimension);
    counts.gained /= effect, counts.lost /= effect, counts.n /= effect;
    const double t = student_quantile(1 - options.pass_alpha, degrees);
    return {.method = fmt::format("clusters, Tango's score, Student's t of {:.0f}", degrees),
            .passes = tango_z(counts, -dimension.margin) >= t,
            .p_worse = student_cdf(tango_z(counts, 0), degrees),
            .interval = tango(counts, t),
            .design_effect = effect};
}

Evidence by_mean(const GateDimension& dimension, const PairSums& sums, const Clusters& clusters,
                 const GateOptions& options) {
    const double degrees = clusters.count - 1;
    const double error = std::sqrt(clusters.count / degrees * clusters.squares) / sums.weight;
    const double half = student_quantile(1 - options.pass_alpha, degrees) * error;
    const Interval interval{sums.difference - half, sums.difference + half};
    const double t = error > 0 ? sums.difference / error : std::copysign(INFINITY, sums.difference);
    return {.method = fmt::format("clusters, Student's t of {:.0f}", degrees),
            .passes = interval.low >= -dimension.margin,
            .p_worse = student_cdf(t, degrees),
            .interval = interval,
            .design_effect = clusters.design_effect()};
}

/// Undefined variance (fewer than eight clusters) gives an interval that says nothing.
Evidence by_clusters(const GateDimension& dimension, const PairSums& sums,
                     const GateOptions& options) {
    const Clusters clusters = clusters_of(dimension, sums);
    if (clusters.count < clusters_min) {
        return {.method = fmt::format("{:.0f} clusters, too few", clusters.count),
                .interval = {-1, 1}};
    }
    if (sums.variance == 0 && sums.difference == 0) {
        return by_agreement(dimension, clusters.kish, options);
    }
    return sums.binary && sums.equal_weights ? by_shrunk_counts(dimension, clusters, options)
                                             : by_mean(dimension, sums, clusters, options);
}

Evidence by_betting(const GateDimension& dimension, const GateOptions& options) {
    std::vector<double> scores;
    for (const GatePair& pair : dimension.pairs) {
        scores.push_back((pair.candidate - pair.baseline + 1) / 2);
    }
    const auto at = [&](double alpha) {
        const Interval i = hedged_sequence(scores, 2 * alpha);
        return Interval{2 * i.low - 1, 2 * i.high - 1};
    };
    // The p-value is the smallest alpha whose interval lies below 0, to three digits.
    const double p = at(.499).high >= 0  ? 1
                     : at(1e-6).high < 0 ? 1e-6
                                         : [&] {
                                               double low = 1e-6, high = .499;
                                               for (int i = 0; i < 30; ++i) {
                                                   const double middle = std::sqrt(low * high);
                                                   (at(middle).high < 0 ? high : low) = middle;
                                               }
                                               return high;
                                           }();
    const Interval interval = at(options.pass_alpha);
    return {.method = "hedged betting",
            .passes = interval.low >= -dimension.margin,
            .p_worse = p,
            .interval = interval};
}

}  // namespace

bool share_clusters(std::span<const GatePair> pairs) {
    std::map<std::string_view, int> seen;
    for (const GatePair& pair : pairs) {
        if (++seen[pair.cluster] > 1) return true;
    }
    return false;
}

PairSums sums_of(std::span<const GatePair> pairs) {
    PairSums sums;
    for (const GatePair& pair : pairs) {
        sums.weight += pair.weight;
        sums.baseline += pair.weight * pair.baseline;
        sums.candidate += pair.weight * pair.candidate;
        const auto is_binary = [](double x) { return x == 0 || x == 1; };
        sums.binary &= is_binary(pair.baseline) && is_binary(pair.candidate);
        sums.equal_weights &= pair.weight == pairs.front().weight;
    }
    sums.baseline /= sums.weight;
    sums.candidate /= sums.weight;
    sums.difference = sums.candidate - sums.baseline;
    for (const GatePair& pair : pairs) {
        const double off = pair.candidate - pair.baseline - sums.difference;
        sums.variance += pair.weight * off * off / sums.weight;
    }
    return sums;
}

Evidence evidence_of(const GateDimension& dimension, const PairSums& sums,
                     const GateOptions& options) {
    if (share_clusters(dimension.pairs) || !sums.equal_weights) {
        return by_clusters(dimension, sums, options);
    }
    if (sums.binary) return by_tango(dimension, options);
    return dimension.pairs.size() >= graded_pairs_min ? by_clusters(dimension, sums, options)
                                                      : by_betting(dimension, options);
}

}  // namespace plimsoll::analyse
