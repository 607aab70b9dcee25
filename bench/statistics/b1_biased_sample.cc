// The traffic of traffic_model.h, sampled; competitors are what is usually done.
#include <array>

#include <fmt/format.h>

#include "analyse/calibration/stratified_mean.h"
#include "analyse/stats/cluster_variance.h"
#include "analyse/stats/wilson.h"
#include "base/counter_random.h"
#include "base/permanent_random.h"
#include "statistics/scenarios.h"
#include "statistics/tally.h"
#include "statistics/traffic_model.h"

namespace plimsoll::bench {
namespace {

using namespace analyse;

constexpr double truth = traffic_pass_rate;

struct Sample {
    Stratum anomaly{"anomaly", 0, ClusteredSums(), std::vector<double>(series_buckets)};
    Stratum plain = {"plain", 0, ClusteredSums(), std::vector<double>(series_buckets)};
    double judged_clusters = 0;
};

Sample draw(CounterRandom& random, double interactions, bool clustered) {
    Sample sample;
    sample.judged_clusters =
        draw_traffic(random, interactions, clustered, [&](const DrawnInteraction& one) {
            Stratum& stratum = one.anomalous ? sample.anomaly : sample.plain;
            ++*stratum.population;
            ++stratum.bucket_population[one.bucket];
            if (random.uniform() >= one.inclusion) return false;
            stratum.sums.add(1 / one.inclusion, random.uniform() >= one.fails, one.bucket);
            return true;
        });
    return sample;
}

Interval wald(double m, double variance) {
    const double half = z_95_two_sided * std::sqrt(variance);
    return {m - half, m + half};
}

void run_cell(std::vector<Figure>& figures, double interactions, bool clustered, int replicates,
              std::uint64_t seed) {
    CoverageTally naive(truth), hajek(truth), ours(truth), unclustered(truth), counts_only(truth);
    const auto key = fnv1a64(fmt::format("B1 {} {}", interactions, clustered)) + seed;
    for (int replicate = 0; replicate < replicates; ++replicate) {
        CounterRandom random(key, static_cast<std::uint64_t>(replicate));
        Sample sample = draw(random, interactions, clustered);
        WeightedSums all = sample.anomaly.sums.all;
        all.merge(sample.plain.sums.all);
        const auto n = static_cast<double>(all.n);
        const double passes =
            sample.anomaly.sums.all.wy + sample.plain.sums.all.wy * plain_inclusion;
        naive.add(passes / n, wald(passes / n, passes / n * (1 - passes / n) / n));
        hajek.add(all.mean(), wald(all.mean(), all.process_variance()));
        const StratifiedOptions options{.clusters = sample.judged_clusters, .clustered = clustered};
        const auto mean = stratified_mean({sample.anomaly, sample.plain}, options);
        ours.add(mean->estimate.value, mean->estimate.interval);
        if (!clustered) continue;
        const auto flat = stratified_mean({sample.anomaly, sample.plain}, {.clustered = false});
        unclustered.add(flat->estimate.value, flat->estimate.interval);
        sample.anomaly.bucket_population.clear();
        sample.plain.bucket_population.clear();
        const auto partial = stratified_mean({sample.anomaly, sample.plain}, options);
        counts_only.add(partial->estimate.value, partial->estimate.interval);
    }
    const std::string cell =
        fmt::format("N {:.0f}{}", interactions, clustered ? " in sessions" : "");
    const auto beside = [&](const char* what, double value, double error) {
        figures.push_back({fmt::format("{}: {}", cell, what), value, error, "", {}});
    };
    const auto covers = [&](const char* what, const CoverageTally& tally) {
        const double c = tally.coverage().mean();
        figures.push_back({fmt::format("{}: coverage, {}", cell, what), c, tally.coverage().error(),
                           ".935-.965", c >= .935 && c <= .965});
    };
    beside("bias, naive mean", naive.bias().mean(), naive.bias().error());
    beside("coverage, naive mean", naive.coverage().mean(), naive.coverage().error());
    beside("coverage, Hajek-Wald", hajek.coverage().mean(), hajek.coverage().error());
    if (clustered) {
        beside("coverage, MOVER-Wilson as if no sessions", unclustered.coverage().mean(),
               unclustered.coverage().error());
        covers("sessions, population by stratum only", counts_only);
        covers("sessions, population by bucket", ours);
    } else {
        covers("MOVER-Wilson", ours);
    }
    // Three Monte-Carlo errors of room: the bias itself is what is asked about.
    figures.push_back({cell + ": bias", ours.bias().mean(), ours.bias().error(), "< .001",
                       std::abs(ours.bias().mean()) < .001 + 3 * ours.bias().error()});
    beside("width", ours.width().mean(), 0);
}

/// 600 sessions of 1 to 8 interactions, 8% of which fail at 75%, the rest never: the truth is .06.
void run_sessions(std::vector<Figure>& figures, int replicates, std::uint64_t seed) {
    CoverageTally iid(.06), wide(.06), narrow(.06);
    for (int replicate = 0; replicate < replicates; ++replicate) {
        CounterRandom random(fnv1a64("B1 sessions") + seed, static_cast<std::uint64_t>(replicate));
        ClusteredSums sums(series_buckets);
        for (int session = 0; session < 600; ++session) {
            const double fails = random.uniform() < .08 ? .75 : 0;
            const std::uint32_t size = 1 + random.below(8);
            const std::size_t bucket = random.below(series_buckets);
            for (std::uint32_t i = 0; i < size; ++i) sums.add(1, random.uniform() < fails, bucket);
        }
        const double m = sums.all.mean();
        iid.add(m, wald(m, sums.all.process_variance()));
        for (const double clusters : {600., 100.}) {  // 64 buckets, and the 16 of slices.
            const auto between = cluster_variance(sums, clusters);
            const double half = between->quantile() * std::sqrt(between->variance);
            (clusters > 320 ? wide : narrow).add(m, {m - half, m + half});
        }
    }
    figures.push_back({"600 sessions, all judged: coverage, interactions counted",
                       iid.coverage().mean(),
                       iid.coverage().error(),
                       "",
                       {}});
    for (const auto& [name, tally] : {std::pair("64", wide), std::pair("16", narrow)}) {
        const double c = tally.coverage().mean();
        figures.push_back({fmt::format("600 sessions, all judged: coverage, {} buckets", name), c,
                           tally.coverage().error(), ".935-.965", c >= .935 && c <= .965});
    }
}

std::vector<Figure> run(Effort effort) {
    const bool full = effort == Effort::full;
    std::vector<Figure> figures;
    run_sessions(figures, full ? 4000 : 20, effort.seed);
    for (const bool clustered : {false, true}) {
        for (const double interactions : {300., 900., 3000., 18000.}) {
            if (!full && interactions > 1000) continue;
            run_cell(figures, interactions, clustered, full ? 4000 : 20, effort.seed);
        }
    }
    return figures;
}

}  // namespace

const Scenario b1_biased_sample{
    .name = "B1", .says = "The mean of a traffic from a sample that prefers anomalies", .run = run};

}  // namespace plimsoll::bench
