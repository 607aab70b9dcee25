// bootstrap: 4999 replicates on 200 items, with the cheapest statistic (MCC) and a dear one
// (Spearman): target under 20 ms. And of the labels of three people: alpha, and all their pairs.
#include "analyse/stats/bootstrap.h"

#include <benchmark/benchmark.h>

#include "analyse/calibration/krippendorff.h"
#include "analyse/calibration/label_pairs.h"
#include "analyse/calibration/matthews.h"
#include "analyse/calibration/rank_correlation.h"
#include "analyse/stats/ranks.h"

namespace plimsoll::analyse {
namespace {

constexpr std::size_t items = 200;

void bootstrap_matthews(benchmark::State& state) {
    CounterRandom dice(1);
    std::vector<bool> judge, human;
    for (std::size_t i = 0; i < items; ++i) {
        human.push_back(dice.uniform() < 0.3);
        judge.push_back(human.back() != (dice.uniform() < 0.1));
    }
    for (auto _ : state) {
        benchmark::DoNotOptimize(bootstrap(items, 1, [&](std::span<const double> times) {
            Confusion counts;
            for (std::size_t i = 0; i < items; ++i) counts.add(judge[i], human[i], times[i]);
            const auto f = matthews(counts);
            return f ? std::optional(*f) : std::nullopt;
        }));
    }
}
BENCHMARK(bootstrap_matthews)->Unit(benchmark::kMillisecond);

void bootstrap_spearman(benchmark::State& state) {
    CounterRandom dice(1);
    std::vector<double> x, y, rank_x(items), rank_y(items);
    for (std::size_t i = 0; i < items; ++i) {
        x.push_back(dice.uniform());
        y.push_back(std::round(4 * (x.back() + dice.uniform())));
    }
    const auto order_x = order_of(x), order_y = order_of(y);
    for (auto _ : state) {
        benchmark::DoNotOptimize(bootstrap(items, 1, [&](std::span<const double> times) {
            mid_ranks(x, order_x, times, rank_x);
            mid_ranks(y, order_y, times, rank_y);
            const auto r = pearson(rank_x, rank_y, times);
            return r ? std::optional(*r) : std::nullopt;
        }));
    }
}
BENCHMARK(bootstrap_spearman)->Unit(benchmark::kMillisecond);

/// Grades 0 … 4 of three people by item.
std::vector<ItemLabels> grades() {
    CounterRandom dice(1);
    std::vector<ItemLabels> all(items, ItemLabels(3));
    for (ItemLabels& labels : all) {
        const double truth = 4 * dice.uniform();
        for (double& label : labels)
            label = std::clamp(std::round(truth + dice.uniform() - .5), 0., 4.);
    }
    return all;
}

void bootstrap_alpha_of_three(benchmark::State& state) {
    const auto all = grades();
    for (auto _ : state) {
        benchmark::DoNotOptimize(krippendorff_interval(all, AlphaScale::ordinal, 1));
    }
}
BENCHMARK(bootstrap_alpha_of_three)->Unit(benchmark::kMillisecond);

void bootstrap_spearman_of_three(benchmark::State& state) {
    LabelPairs pairs(0);
    const auto all = grades();
    for (std::size_t i = 0; i < items; ++i) {
        pairs.add_both(i, all[i][0], all[i][1], .5);
        pairs.add_both(i, all[i][0], all[i][2], .5);
        pairs.add_both(i, all[i][1], all[i][2], .5);
    }
    for (auto _ : state) benchmark::DoNotOptimize(pairs.interval(1));
}
BENCHMARK(bootstrap_spearman_of_three)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace plimsoll::analyse
