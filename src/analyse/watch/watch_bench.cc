/// The watch over 64,000 cells of (day, series): 16 weeks of 571 series, counts by hour.
#include <benchmark/benchmark.h>

#include "analyse/watch/made_hours.h"
#include "analyse/watch/watch.h"

namespace plimsoll::analyse {
namespace {

constexpr std::int32_t weeks = 16, hours_of_all = weeks * 168;

/// `services` of one total and four slices each, 10 sessions an hour, 6% of them failed.
MadeHours deployment(int services) {
    MadeHours hours;
    const auto sessions = [](std::int32_t) { return 2.5; };
    const auto fails = [](std::int32_t) { return .06; };
    for (int s = 0; s < services; ++s)
        hours.add({{"enterprise", sessions, fails},
                   {"smb", sessions, fails},
                   {"edu", sessions, fails},
                   {"free", sessions, fails}},
                  hours_of_all, static_cast<std::uint64_t>(s), "service " + std::to_string(s));
    return hours;
}

void watch_cells(benchmark::State& state) {
    MadeHours hours = deployment(115);
    WatchOptions options;
    options.attributes = {"segment"};
    const UnixNanos end = (MadeHours::begin + hours_of_all) * 3600 * nanos_per_second;
    std::size_t series = 0;
    for (auto _ : state) {
        const auto report = watch(hours, options, end);
        if (!report) std::abort();
        series = report->series.size();
    }
    state.counters["cells"] = static_cast<double>(series * weeks * 7);
}
BENCHMARK(watch_cells)->Unit(benchmark::kMillisecond);

void watch_one_series(benchmark::State& state) {
    std::vector<LossCount> counts;
    for (std::int32_t hour = 0; hour < hours_of_all; ++hour) {
        counts.push_back({hour, 1, 0, 9});
        if (hour % 2) counts.push_back({hour, 1, 1, 1});
    }
    for (auto _ : state) benchmark::DoNotOptimize(watch_series(counts, {.series = 600}));
    state.SetItemsProcessed(state.iterations() * hours_of_all);
}
BENCHMARK(watch_one_series)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace plimsoll::analyse
