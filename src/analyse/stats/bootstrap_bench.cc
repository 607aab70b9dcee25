// bootstrap: 4999 replicates on 200 items, with the cheapest statistic (MCC) and a dear one
// (Spearman). Target: under 20 ms.
#include "analyse/stats/bootstrap.h"

#include <benchmark/benchmark.h>

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

}  // namespace
}  // namespace plimsoll::analyse
