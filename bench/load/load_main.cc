/// plimsoll_load: sends a workload at a fixed rate and prints what came of it as one JSON object.
#include <fmt/format.h>
#include <sched.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>

#include "base/json.h"
#include "load/sender.h"

using namespace plimsoll;

namespace {

bool pin_to(int core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(static_cast<std::size_t>(core), &cores);
    return sched_setaffinity(0, sizeof cores, &cores) == 0;
}

std::string describe(const load::LoadOptions& options, const load::LoadResult& result) {
    json::Writer json;
    json.begin_object();
    json.key("offered_spans_per_s").value(options.spans_per_second);
    json.key("connections").value(options.connections);
    json.key("seconds").value(result.seconds);
    json.key("requests").value(result.requests);
    json.key("spans").value(result.spans);
    json.key("bytes").value(result.bytes);
    json.key("spans_per_s").value(static_cast<double>(result.spans) / result.seconds);
    json.key("mb_per_s").value(static_cast<double>(result.bytes) / 1e6 / result.seconds);
    json.key("latency_ms").begin_object();
    for (const auto& [name, share] :
         {std::pair{"p50", .5}, {"p90", .9}, {"p99", .99}, {"p999", .999}})
        json.key(name).value(static_cast<double>(result.latency_us.quantile(share)) / 1e3);
    json.key("max").value(static_cast<double>(result.latency_us.max()) / 1e3).end_object();
    json.key("come_back").value(result.come_back);
    json.key("refused").value(result.refused);
    json.key("broken").value(result.broken);
    json.key("unanswered").value(result.unanswered);
    json.key("waiting_max").value(result.waiting_max);
    json.key("waiting_second_quarter").value(result.waiting_half);
    json.key("waiting_last_quarter").value(result.waiting_end);
    json.key("generator_cpu_s").value(result.cpu_seconds);
    return json.end_object().take();
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Sends a workload of docs to an OTLP/HTTP endpoint, in an open loop."};
    load::LoadOptions options;
    std::string workload = "W1", to = "127.0.0.1:4318", ledger;
    std::uint64_t seed = 1;
    std::size_t bodies = 0;
    int core = -1;
    app.add_option("--workload", workload, "W1, W3 or W7")
        ->check(CLI::IsMember({"W1", "W3", "W7"}));
    app.add_option("--to", to, "Address and port");
    app.add_option("--rate", options.spans_per_second, "Spans per second")
        ->check(CLI::PositiveNumber);
    app.add_option("--seconds", options.seconds, "How long bodies are due")
        ->check(CLI::PositiveNumber);
    app.add_option("--drain", options.drain_seconds, "Seconds to wait for the last answers");
    app.add_option("--connections", options.connections, "Connections kept open")
        ->check(CLI::Range(1, 10'000));
    app.add_option("--seed", seed, "Of the corpus");
    app.add_option("--bodies", bodies, "Different bodies in the corpus; 0: as many as usual");
    app.add_option("--ledger", ledger, "File for the ids of acknowledged spans");
    app.add_option("--key", options.key, "API key");
    app.add_option("--core", core, "Run on this core only");
    CLI11_PARSE(app, argc, argv);

    const std::size_t colon = to.rfind(':');
    if (colon == to.npos) return fmt::print(stderr, "--to needs address:port\n"), 2;
    options.host = to.substr(0, colon);
    options.port = static_cast<std::uint16_t>(std::atoi(&to[colon + 1]));
    if (core >= 0 && !pin_to(core)) return fmt::print(stderr, "cannot run on core {}\n", core), 2;

    // Ids must differ from those of every other run on the same store, so the clock is in them.
    const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
    options.run = static_cast<std::uint64_t>(now);
    const load::Workload kind = *load::workload_named(workload);
    const auto corpus =
        load::build_corpus(kind, seed, bodies ? bodies : load::usual_bodies(kind), now);
    const auto result = load::run_load(corpus, options);
    if (!result) return fmt::print(stderr, "plimsoll_load: {}\n", result.error().what), 1;
    fmt::print("{}\n", describe(options, *result));
    if (!ledger.empty())
        if (const auto wrote = load::write_ledger(ledger, result->acknowledged); !wrote)
            return fmt::print(stderr, "plimsoll_load: {}\n", wrote.error().what), 1;
    return 0;
}
