#include "analyse/calibration/stratified_mean.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include "analyse/calibration/mover_wilson.h"
#include "analyse/stats/cluster_variance.h"
#include "analyse/stats/interval_choice.h"

namespace plimsoll::analyse {

namespace {

/// How many leading parts of their paths two names share.
std::size_t kinship(std::string_view a, std::string_view b) {
    std::size_t shared = 0, at = 0;
    while (at < a.size() && at < b.size() && a[at] == b[at]) {
        if (a[at] == '/') ++shared;
        ++at;
    }
    const bool a_ends = at == a.size() || a[at] == '/', b_ends = at == b.size() || b[at] == '/';
    return shared + (at > 0 && a_ends && b_ends && a[at - 1] != '/');
}

void join(Stratum& into, const Stratum& small) {
    into.name += " + " + small.name;
    if (into.population) *into.population += *small.population;
    into.sums.merge(small.sums);
    for (std::size_t g = 0; g < into.bucket_population.size(); ++g) {
        into.bucket_population[g] += small.bucket_population[g];
    }
}

/// The mean with its variance as if every score stood alone, and by bucket of clusters.
struct Parts {
    double count = 0;  ///< N, or sum w.
    double mean = 0;
    double within = 0;  ///< sum A_h^2 S_h^2 / n_h
    double mix = 0;     ///< Variance from the random mix.
    std::vector<double> bucket_w, influence;
    double influence_alone = 0;  ///< What the variance of `influence` would be without clusters.
};

double share_of(const Stratum& stratum, const Parts& parts) {
    return stratum.population.value_or(stratum.sums.all.w) / parts.count;
}

Parts parts_of(const std::vector<Stratum>& strata, Mix mix) {
    Parts parts;
    const std::size_t buckets = strata[0].sums.buckets();
    parts.bucket_w.resize(buckets);
    parts.influence.resize(buckets);
    for (const Stratum& each : strata) parts.count += each.population.value_or(each.sums.all.w);
    for (const Stratum& each : strata) parts.mean += share_of(each, parts) * each.sums.all.mean();
    for (const Stratum& each : strata) {
        const WeightedSums& all = each.sums.all;
        const double share = share_of(each, parts), away = all.mean() - parts.mean;
        const double scale = share / all.w;  // Of a weight, to its share of the traffic.
        const auto n = static_cast<double>(all.n);
        const double within = share * share * all.process_variance() * n / std::max(1.0, n - 1);
        parts.within += within;
        for (std::size_t g = 0; g < buckets; ++g) {
            parts.bucket_w[g] += each.sums.bucket_w[g];
            parts.influence[g] +=
                scale * (each.sums.bucket_wy[g] - all.mean() * each.sums.bucket_w[g]);
        }
        parts.influence_alone += within;
        if (mix == Mix::fixed) continue;
        // With known counts the mix varies as N draws do; else as the sampled weights do. Clusters
        // add the same to both, so where the population is not known by bucket, the sample's is
        // used.
        const double as_drawn = share * away * away / parts.count;
        const double as_sampled = scale * scale * all.w2 * away * away;
        parts.mix += each.population ? as_drawn : as_sampled;
        const bool by_bucket = each.population && !each.bucket_population.empty();
        parts.influence_alone += by_bucket ? as_drawn : as_sampled;
        for (std::size_t g = 0; g < buckets; ++g) {
            parts.influence[g] += by_bucket ? each.bucket_population[g] * away / parts.count
                                            : scale * each.sums.bucket_w[g] * away;
        }
    }
    return parts;
}

/// What pairs of scores of one cluster add, over the variance without them.
double effect_of_clusters(const Parts& parts, const ClusterVariance& between) {
    const double alone = parts.within + parts.mix;
    return alone > 0 ? 1 + std::max(0.0, between.variance - parts.influence_alone) / alone : 1;
}

}  // namespace

std::vector<Stratum> collapsed(std::vector<Stratum> strata, std::vector<std::string>& notes) {
    while (strata.size() > 1) {
        const auto order = [](const Stratum& a, const Stratum& b) {
            return std::pair(a.sums.all.n, std::string_view(a.name)) <
                   std::pair(b.sums.all.n, std::string_view(b.name));
        };
        const auto smallest = std::ranges::min_element(strata, order);
        if (smallest->sums.all.n >= stratum_min) break;
        const Stratum small = std::move(*smallest);
        strata.erase(smallest);
        const auto kin = std::ranges::min_element(strata, [&](const Stratum& a, const Stratum& b) {
            const std::size_t near_a = kinship(a.name, small.name);
            const std::size_t near_b = kinship(b.name, small.name);
            return near_a != near_b ? near_a > near_b : order(a, b);
        });
        notes.push_back("stratum \"" + small.name + "\" has " + std::to_string(small.sums.all.n) +
                        " scored, fewer than 10: put together with \"" + kin->name + "\"");
        join(*kin, small);
    }
    return strata;
}

Computed<StratifiedMean> stratified_mean(std::vector<Stratum> strata,
                                         const StratifiedOptions& options) {
    std::erase_if(strata, [](const Stratum& each) {
        return each.sums.all.n == 0 && each.population.value_or(0) == 0;
    });
    const auto known = std::ranges::count_if(
        strata, [](const Stratum& each) { return each.population.has_value(); });
    if (known != 0 && known != std::ssize(strata)) {
        return Undefined{"the population is known of some strata only"};
    }
    StratifiedMean result;
    strata = collapsed(std::move(strata), result.notes);
    if (strata.empty() || strata[0].sums.all.n == 0) return Undefined{"nothing was scored"};

    const Parts parts = parts_of(strata, options.mix);
    const double weight = std::accumulate(parts.bucket_w.begin(), parts.bucket_w.end(), 0.0);
    std::vector<double> scaled = parts.influence;
    for (double& each : scaled) each *= weight;
    const BucketSums buckets(parts.bucket_w, scaled);
    const double clusters = options.clusters.value_or(clusters_estimated(buckets));
    double quantile = z_95_two_sided;
    if (options.clustered) {
        double scored = 0;
        for (const Stratum& each : strata) scored += static_cast<double>(each.sums.all.n);
        if (const auto between = cluster_variance(buckets, clusters)) {
            quantile = between->quantile();
            result.design_effect = effect_of_clusters(parts, *between);
        } else {
            result.notes.push_back(between.why() + "; each cluster is counted once");
            result.design_effect = std::max(1.0, scored / clusters);
        }
    }
    const double variance = (parts.within + parts.mix) * result.design_effect;

    const bool binary =
        std::ranges::all_of(strata, [](const Stratum& each) { return each.sums.all.binary(); });
    const IntervalChoice choice =
        choose_interval({.quantity = binary ? Quantity::weighted_proportion : Quantity::graded_mean,
                         .strata = true,
                         .clustered = options.clustered,
                         .clusters = clusters});
    // Graded scores of few clusters get MOVER-Wilson too: wide, but never outside [0, 1].
    if (choice.method == IntervalMethod::bucket_t && variance > 0) {
        const double half = quantile * std::sqrt(variance);
        result.estimate.interval = clamped({parts.mean - half, parts.mean + half}, 0, 1);
        result.method = choice.name;
    } else {
        std::vector<ProportionStratum> proportions;
        for (const Stratum& each : strata) {
            const double n = each.sums.all.kish_count() / result.design_effect;
            proportions.push_back({share_of(each, parts), n * each.sums.all.mean(), n});
        }
        result.estimate = mover_wilson(proportions, parts.mix * result.design_effect, quantile);
        result.method = "MOVER-Wilson over the strata";
    }
    result.estimate.value = parts.mean;
    result.estimate.standard_error = std::sqrt(variance);
    const double spread = parts.mean * (1 - parts.mean);
    result.effective_count = variance > 0 && spread > 0 ? spread / variance : weight;
    return result;
}

}  // namespace plimsoll::analyse
