#include <benchmark/benchmark.h>

#include "wire/corpus_for_bench.h"
#include "wire/otlp.h"

namespace plimsoll::wire {
namespace {

outgoing::Request body_of(bool fat) {
    return fat ? Corpus().fat() : Corpus().thin();
}

void count(benchmark::State& state, std::size_t bytes) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 64);
}

void admit_protobuf(benchmark::State& state) {
    std::string body = outgoing::to_otlp(body_of(state.range(0)));
    for (auto _ : state) {
        Admitted admitted = admit(std::move(body), Encoding::protobuf, {});
        if (admitted.span_count != 64) state.SkipWithError("a span was lost");
        body = std::move(admitted.otlp);
    }
    count(state, body.size());
}

/// One span in a hundred is bad: the body is rewritten.
void admit_rewriting(benchmark::State& state) {
    outgoing::Request request = body_of(state.range(0));
    request[0].scopes[0].spans[7].id.clear();
    const std::string body = outgoing::to_otlp(request);
    for (auto _ : state) {
        Admitted admitted = admit(body, Encoding::protobuf, {});
        if (admitted.rejected != 1) state.SkipWithError("one span should have been rejected");
        benchmark::DoNotOptimize(admitted);
    }
    count(state, body.size());
}

void admit_json(benchmark::State& state) {
    const std::string body = outgoing::to_otlp_json(body_of(state.range(0)));
    for (auto _ : state) {
        Admitted admitted = admit(body, Encoding::json, {});
        if (admitted.span_count != 64) state.SkipWithError("a span was lost");
        benchmark::DoNotOptimize(admitted);
    }
    count(state, body.size());
}

void span_views(benchmark::State& state) {
    const std::string body = outgoing::to_otlp(body_of(state.range(0)));
    for (auto _ : state) {
        for_each_span(body, [](auto, const SpanView& span) { benchmark::DoNotOptimize(&span); });
    }
    count(state, body.size());
}

void span_keys(benchmark::State& state) {
    const std::string body = outgoing::to_otlp(body_of(state.range(0)));
    for (auto _ : state) {
        for_each_span_key(body, [](auto, const SpanKey& key) { benchmark::DoNotOptimize(&key); });
    }
    count(state, body.size());
}

BENCHMARK(admit_protobuf)->ArgName("fat")->Arg(1)->Arg(0);
BENCHMARK(admit_rewriting)->ArgName("fat")->Arg(1)->Arg(0);
BENCHMARK(admit_json)->ArgName("fat")->Arg(1)->Arg(0);
BENCHMARK(span_views)->ArgName("fat")->Arg(1)->Arg(0);
BENCHMARK(span_keys)->ArgName("fat")->Arg(1)->Arg(0);

}  // namespace
}  // namespace plimsoll::wire
