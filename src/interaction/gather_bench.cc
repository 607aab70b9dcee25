/// How many spans per second gathering takes, in the order in which a busy service sends them:
/// traces of four spans, ten thousand of them open at a time, roots last.
#include <benchmark/benchmark.h>

#include <random>

#include "interaction/gather.h"

namespace plimsoll::interaction {
namespace {

void gather_spans(benchmark::State& state) {
    std::mt19937_64 dice(1);
    std::vector<wire::SpanKey> keys;
    constexpr std::size_t traces = 50'000, open = 10'000, spans = 4;
    std::vector<TraceId> ids(traces);
    for (TraceId& id : ids) {
        for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(dice());
    }
    for (std::size_t round = 0; round < traces + open; ++round) {
        for (std::size_t i = 0; i < spans; ++i) {
            const std::size_t lag = (spans - 1 - i) * open / spans;
            if (round < lag || round - lag >= traces) continue;
            wire::SpanKey key;
            key.trace = ids[round - lag];
            for (auto& byte : key.id.bytes) byte = static_cast<std::uint8_t>(dice());
            if (i != 0) key.parent = key.id;
            if (i != 0) key.parent.bytes[0] ^= 1;
            key.end = 1;
            keys.push_back(key);
        }
    }
    for (auto _ : state) {
        Gather gather(GatherOptions{.quiet = std::chrono::milliseconds(100)});
        UnixNanos now = 0;
        std::uint64_t seq = 0;
        std::size_t closed = 0;
        for (const wire::SpanKey& key : keys) {
            gather.add(++seq, 0, now += 10'000, key);  // 100,000 spans/s by the sender's clock.
            if (seq % 1000 == 0) closed += gather.advance(now).size();
            benchmark::DoNotOptimize(gather.lowest_seq(seq));
        }
        benchmark::DoNotOptimize(closed);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * keys.size()));
}
BENCHMARK(gather_spans)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace plimsoll::interaction
