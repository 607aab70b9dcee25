/// Facts: applying batches, and the questions of a scorecard on a million interactions.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <random>

#include "store/duckdb_facts.h"

namespace plimsoll::store {
namespace {

constexpr std::size_t batch_size = 2'000;
constexpr std::size_t evaluators = 10;

TraceId trace_of(std::uint64_t number) {
    std::mt19937_64 random(number);
    TraceId id;
    for (std::uint8_t& byte : id.bytes) byte = static_cast<std::uint8_t>(random());
    return id;
}

record::FactsBatch make_batch(std::uint64_t first) {
    record::FactsBatch batch;
    std::mt19937_64 random(first);
    batch.interactions.resize(batch_size);
    for (std::size_t i = 0; i < batch_size; ++i) {
        record::InteractionFact& fact = batch.interactions[i];
        fact.trace = trace_of(first + i);
        fact.start = static_cast<UnixNanos>(first + i) * 1'800'000'000;  // 1.8 s apart: 20 days
        fact.duration_ms = static_cast<double>(random() % 5'000);
        fact.service = "assistant-" + std::to_string(random() % 4);
        fact.environment = "production";
        fact.session = "session-" + std::to_string((first + i) / 3);
        fact.provider = "openai";
        fact.versions.model = "model-" + std::to_string(random() % 3);
        fact.versions.prompt = "support@" + std::to_string(random() % 5);
        fact.question = "Where is the parcel with the number " + std::to_string(random());
        fact.answer = "It left the depot this morning and will arrive tomorrow.";
        fact.input_tokens = random() % 4'000;
        fact.output_tokens = random() % 900;
        fact.cost_usd = 0.001;
        fact.attributes = {{"customer.segment", random() % 5 ? "free" : "enterprise"},
                           {"language", random() % 3 ? "en" : "de"}};
        for (int span = 0; span < 3; ++span) {
            SpanId id;
            id.bytes[0] = static_cast<std::uint8_t>(random());
            fact.spans.push_back({id, "model_call", "chat", fact.versions.model, "", fact.start, 5,
                                  10, 20, 0.1, false});
            fact.places.push_back({id, first / batch_size, static_cast<std::uint32_t>(3 * i)});
        }
        for (std::size_t evaluator = 0; evaluator < evaluators; ++evaluator) {
            const bool scored = random() % 10 != 0;
            record::ScoreFact score{"dimension-" + std::to_string(evaluator / 2),
                                    "check-" + std::to_string(evaluator), "v1:5f3a"};
            if (scored)
                score.score = random() % 12 ? 1.0 : 0.0;
            else
                score.reason = "not_applicable";
            if (scored && *score.score == 0.0) score.explanation = "expected number, found string";
            fact.scores.push_back(std::move(score));
        }
    }
    batch.applied_seq = first;
    return batch;
}

std::filesystem::path fresh(const char* name) {
    const auto directory = std::filesystem::temp_directory_path() / name;
    std::filesystem::remove_all(directory);
    return directory;
}

void apply(benchmark::State& state) {
    const auto directory = fresh("plimsoll-facts-bench-apply");
    auto facts = open_duckdb_facts({.data_dir = directory});
    std::uint64_t first = 0;
    for (auto _ : state) {
        state.PauseTiming();
        const auto batch = make_batch(first);
        first += batch_size;
        state.ResumeTiming();
        if (!facts->facts->apply(batch)) std::abort();
    }
    state.SetItemsProcessed(state.iterations() * batch_size * evaluators);
    facts->facts.reset();
    std::filesystem::remove_all(directory);
}

/// A million interactions with ten scores each; made once.
record::Facts& million() {
    static std::unique_ptr<record::Facts> facts = [] {
        auto opened = open_duckdb_facts({.data_dir = fresh("plimsoll-facts-bench")});
        for (std::uint64_t first = 0; first < 1'000'000; first += batch_size)
            if (!opened->facts->apply(make_batch(first))) std::abort();
        return std::move(opened->facts);
    }();
    return *facts;
}

void score_sums(benchmark::State& state) {
    for (auto _ : state)
        if (!million().score_sums({})) std::abort();
}
void score_sums_of_a_day(benchmark::State& state) {
    for (auto _ : state)
        if (!million().score_sums({.from = 1'700'000ll * 1'000'000'000})) std::abort();
}
void score_sums_of_a_slice(benchmark::State& state) {
    for (auto _ : state)
        if (!million().score_sums({.attributes = {{"customer.segment", "enterprise"}}}))
            std::abort();
}
void trend(benchmark::State& state) {
    for (auto _ : state)
        if (!million().trend({}, 6 * 3600 * nanos_per_second)) std::abort();
}
void list(benchmark::State& state) {
    for (auto _ : state)
        if (!million().interactions({}, 50, std::nullopt)) std::abort();
}
void list_low_scores(benchmark::State& state) {
    for (auto _ : state)
        if (!million().interactions({.dimension = "dimension-2", .score_below = 0.5}, 50,
                                    std::nullopt))
            std::abort();
}
void facets(benchmark::State& state) {
    for (auto _ : state)
        if (!million().facets({})) std::abort();
}
void one_interaction(benchmark::State& state) {
    std::uint64_t number = 0;
    for (auto _ : state)
        if (!million().interaction(trace_of(number++ * 7919 % 1'000'000))) std::abort();
}
void known_of_1000_old(benchmark::State& state) {
    std::vector<TraceId> traces;
    for (std::uint64_t i = 0; i < 1'000; ++i) traces.push_back(trace_of(i * 997));
    for (auto _ : state)
        if (million().known(traces)->size() != 1'000) std::abort();
}
void known_of_1000_new(benchmark::State& state) {
    std::vector<TraceId> traces;
    for (std::uint64_t i = 0; i < 1'000; ++i) traces.push_back(trace_of(5'000'000 + i));
    for (auto _ : state)
        if (!million().known(traces)->empty()) std::abort();
}
void open_a_million(benchmark::State& state) {
    million();
    const auto from = std::filesystem::temp_directory_path() / "plimsoll-facts-bench";
    const auto directory = fresh("plimsoll-facts-bench-open");
    std::filesystem::create_directories(directory);
    for (const char* name : {"facts.duckdb", "facts.duckdb.wal"})
        if (std::filesystem::exists(from / name))
            std::filesystem::copy_file(from / name, directory / name);
    for (auto _ : state) {
        auto opened = open_duckdb_facts({.data_dir = directory});
        if (!opened || !opened->set_aside.empty()) std::abort();
    }
    state.counters["MB"] =
        static_cast<double>(std::filesystem::file_size(from / "facts.duckdb")) / 1e6;
    std::filesystem::remove_all(directory);
}

BENCHMARK(apply)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(score_sums)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(score_sums_of_a_day)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(score_sums_of_a_slice)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(trend)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(list)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(list_low_scores)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(facets)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(one_interaction)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(known_of_1000_old)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(known_of_1000_new)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(open_a_million)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace
}  // namespace plimsoll::store
