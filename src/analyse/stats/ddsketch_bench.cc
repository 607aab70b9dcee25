// ddsketch: adding a lognormal latency, and merging two sketches of about 500 bins.
#include "analyse/stats/ddsketch.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "base/counter_random.h"

namespace plimsoll::analyse {
namespace {

std::vector<double> latencies(std::uint64_t key) {
    CounterRandom dice(key);
    std::vector<double> values(1 << 16);
    for (double& value : values) {  // Lognormal by Box and Muller.
        const double radius = std::sqrt(-2 * std::log(1 - dice.uniform()));
        value = 800 * std::exp(radius * std::cos(2 * M_PI * dice.uniform()));
    }
    return values;
}

DDSketch sketch_of(const std::vector<double>& values) {
    DDSketch sketch;
    for (const double value : values) sketch.add(value);
    return sketch;
}

void ddsketch_add(benchmark::State& state) {
    const std::vector<double> values = latencies(1);
    DDSketch sketch;
    std::size_t i = 0;
    for (auto _ : state) sketch.add(values[i++ & 0xffff]);
    benchmark::DoNotOptimize(sketch.count());
}
BENCHMARK(ddsketch_add);

void ddsketch_merge(benchmark::State& state) {
    DDSketch sum = sketch_of(latencies(1));
    const DDSketch other = sketch_of(latencies(2));
    state.counters["bins"] = static_cast<double>(other.bins());
    for (auto _ : state) {
        sum.merge(other);
        benchmark::DoNotOptimize(sum);
    }
}
BENCHMARK(ddsketch_merge);

}  // namespace
}  // namespace plimsoll::analyse
