/// What a search over all conjunctions costs. Rows are searched whole and confirmed whole: every
/// figure is discover_slices() from rows to result, half of the rows in each half.
///
/// Figures: docs/statistics/5-slices.md.
#include <benchmark/benchmark.h>

#include "analyse/drift/made_slices.h"
#include "analyse/drift/slice_discovery.h"

namespace plimsoll::analyse {
namespace {

void discover(benchmark::State& state, MadeSlices made, std::size_t depth) {
    made.where = {{1, 2}, {3, 4}};
    made.worse = 0.2;
    const SliceRows rows = made_slices(made);
    DiscoveryOptions options{.depth = depth};
    options.scan.threads = static_cast<unsigned>(state.range(0));
    std::uint64_t examined = 0;
    for (auto _ : state) {
        const auto discovery = discover_slices(rows, options);
        examined = discovery->examined;
    }
    state.counters["conjunctions"] = static_cast<double>(examined);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(made.rows));
}

/// The search alone, over all the rows: what other slice finders do, and are timed on.
void search(benchmark::State& state, MadeSlices made, std::size_t depth) {
    SliceRows rows = made_slices(made);
    std::ranges::fill(rows.held_out, std::uint8_t{0});
    ScanOptions options{.threads = static_cast<unsigned>(state.range(0))};
    for (auto _ : state) {
        const SliceCells cells = cells_of(rows, false);
        const auto residuals = residuals_of(cells, fit_expected_loss(cells));
        benchmark::DoNotOptimize(scan_slices({cells, residuals}, depth, options));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(made.rows));
}

#define THREADS ->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond)
BENCHMARK_CAPTURE(search, rows_50k_attributes_30_values_10_depth_2, MadeSlices{}, 2) THREADS;
BENCHMARK_CAPTURE(discover, rows_50k_attributes_30_values_10_depth_2, MadeSlices{}, 2) THREADS;
BENCHMARK_CAPTURE(discover, rows_50k_attributes_30_values_5_depth_3, MadeSlices{.values = 5}, 3)
THREADS;
BENCHMARK_CAPTURE(discover, rows_1M_attributes_10_values_10_depth_3,
                  (MadeSlices{.rows = 1'000'000, .attributes = 10}), 3)
THREADS;
BENCHMARK_CAPTURE(discover, rows_10M_attributes_8_values_10_depth_3,
                  (MadeSlices{.rows = 10'000'000, .attributes = 8}), 3)
THREADS->Iterations(1);

}  // namespace
}  // namespace plimsoll::analyse
