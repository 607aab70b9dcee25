/// How many items per second one bank of seven bets takes, one core: items of a stable series, so
/// that no alarm ends a batch.
#include <benchmark/benchmark.h>

#include <vector>

#include "analyse/drift/e_bank.h"
#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

void take_items(benchmark::State& state) {
    CounterRandom dice(1);
    std::vector<double> excess(65'536);
    for (double& one : excess) one = ((dice.uniform() < .06) - .0671) / .0671;
    for (auto _ : state) {
        EBank bank;
        benchmark::DoNotOptimize(take_until(bank, excess, 1e200));
        benchmark::DoNotOptimize(bank);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * excess.size()));
}
BENCHMARK(take_items);

}  // namespace
}  // namespace plimsoll::analyse
