/// Journal: fat chat in bodies of 64 spans of ~9 KB, and small bodies with many senders waiting.
#include <benchmark/benchmark.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <random>

#include "store/sqlite_journal.h"

namespace plimsoll::store {
namespace {

class SystemClock final : public Clock {
  public:
    UnixNanos now() const override {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
            .count();
    }
};

/// Words of a Zipf-like vocabulary, and a system prompt that each span repeats: compresses as chat
/// does, about 3 to 4 to 1.
std::string chat(std::mt19937_64& random, std::size_t bytes) {
    static const std::vector<std::string> words = [] {
        std::mt19937_64 letters(1);
        std::vector<std::string> made(20'000);
        for (std::string& word : made)
            for (std::size_t i = 0, n = 2 + letters() % 8; i < n; ++i)
                word += static_cast<char>('a' + letters() % 26);
        return made;
    }();
    std::string text;
    text.reserve(bytes + 16);
    while (text.size() < bytes) {
        const double u = static_cast<double>(random() >> 11) * 0x1p-53;
        text += words[static_cast<std::size_t>(u * u * u * static_cast<double>(words.size()))];
        text += ' ';
    }
    return text;
}

std::vector<std::string> fat_bodies(std::size_t count) {
    std::mt19937_64 random(42);
    const std::string prompt = chat(random, 1'500);
    std::vector<std::string> bodies(count);
    for (std::string& body : bodies)
        for (int span = 0; span < 64; ++span) {
            for (int i = 0; i < 32; ++i) body += static_cast<char>(random());
            body += prompt + chat(random, 7'500);
        }
    return bodies;
}

void run(benchmark::State& state, const std::vector<std::string>& bodies, std::size_t waiting_max) {
    const auto directory = std::filesystem::temp_directory_path() / "plimsoll-journal-bench";
    std::filesystem::remove_all(directory);
    const SystemClock clock;
    auto journal = open_sqlite_journal(clock, {.data_dir = directory});
    if (!journal) return state.SkipWithError(journal.error().what.c_str());
    std::atomic<std::uint64_t> in_flight{0};
    std::atomic<std::int64_t> slowest{0};
    std::size_t next = 0, bytes = 0;
    for (auto _ : state) {
        for (std::uint64_t seen; (seen = in_flight) >= waiting_max;) in_flight.wait(seen);
        ++in_flight;
        const std::string& body = bodies[next++ % bodies.size()];
        bytes += body.size();
        const auto sent = std::chrono::steady_clock::now();
        (*journal)->append(body, 64, [&, sent](Result<std::uint64_t> row) {
            if (!row) std::abort();
            const auto took = (std::chrono::steady_clock::now() - sent).count();
            if (took > slowest) slowest = took;
            --in_flight;
            in_flight.notify_one();
        });
    }
    for (std::uint64_t seen; (seen = in_flight) > 0;) in_flight.wait(seen);
    const auto status = (*journal)->status();
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
    state.SetItemsProcessed(state.iterations());
    state.counters["bodies_per_commit"] =
        static_cast<double>(next) / static_cast<double>(status.commits);
    state.counters["ratio"] = static_cast<double>(bytes) / static_cast<double>(status.disk_bytes);
    state.counters["slowest_ms"] = static_cast<double>(slowest) / 1e6;
    journal->reset();
    std::filesystem::remove_all(directory);
}

void fat_chat(benchmark::State& state) {
    run(state, fat_bodies(100), static_cast<std::size_t>(state.range(0)));
}

void small_bodies(benchmark::State& state) {
    std::mt19937_64 random(7);
    std::vector<std::string> bodies(10'000);
    for (std::string& body : bodies) body = chat(random, 600);
    run(state, bodies, static_cast<std::size_t>(state.range(0)));
}

void read_back(benchmark::State& state) {
    const auto directory = std::filesystem::temp_directory_path() / "plimsoll-journal-bench";
    std::filesystem::remove_all(directory);
    const SystemClock clock;
    auto journal = open_sqlite_journal(clock, {.data_dir = directory});
    std::atomic<int> left{500};
    for (const std::string& body : fat_bodies(500))
        (*journal)->append(body, 64, [&](Result<std::uint64_t>) {
            --left;
            left.notify_one();
        });
    for (int seen; (seen = left) > 0;) left.wait(seen);
    std::size_t bytes = 0;
    for (auto _ : state) {
        std::uint64_t after = 0;
        for (;;) {
            const auto rows = (*journal)->read(after, 8u << 20);
            if (!rows || rows->empty()) break;
            for (const auto& row : *rows) bytes += row.otlp.size();
            after = rows->back().seq;
        }
    }
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
    journal->reset();
    std::filesystem::remove_all(directory);
}

BENCHMARK(fat_chat)->Arg(1)->Arg(4)->Arg(16)->Arg(64)->UseRealTime()->MeasureProcessCPUTime();
BENCHMARK(small_bodies)->Arg(1)->Arg(16)->Arg(256)->UseRealTime()->MeasureProcessCPUTime();
BENCHMARK(read_back)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace plimsoll::store
