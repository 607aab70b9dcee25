#include "app/demo/demo.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <optional>
#include <thread>

#include "app/demo/demo_traffic.h"
#include "app/demo/otlp_sender.h"
#include "app/demo/progress.h"
#include "app/system_clock.h"

namespace plimsoll::app {
namespace {

using namespace demo;

/// As many interactions as a batch exporter with its usual 512 spans would gather.
constexpr std::size_t interactions_per_body = 100;

std::atomic<bool> interrupted{false};

/// SIGINT and SIGTERM mean "enough" while this lives.
class StopOnSignal {
  public:
    StopOnSignal() {
        interrupted = false;
        before_[0] = std::signal(SIGINT, [](int) { interrupted = true; });
        before_[1] = std::signal(SIGTERM, [](int) { interrupted = true; });
    }
    ~StopOnSignal() {
        std::signal(SIGINT, before_[0]);
        std::signal(SIGTERM, before_[1]);
    }

  private:
    void (*before_[2])(int);
};

int failed(const Error& error) {
    fmt::print(stderr, "demo: {}\n", error.what);
    return 1;
}

int back_fill(const DemoOptions& options, OtlpSender& sender, const std::atomic<bool>& stop,
              UnixNanos now) {
    const Traffic traffic({options.weeks, options.per_day, options.seed, now});
    Progress progress(fmt::format("Sending {} weeks of the demo's traffic", options.weeks),
                      traffic.size());
    const auto began = std::chrono::steady_clock::now();
    std::int64_t rejected = 0;
    for (std::size_t from = 0; from < traffic.size() && !stop;) {
        progress.at(from);
        const std::size_t to = std::min(from + interactions_per_body, traffic.size());
        wire::outgoing::Request request;
        for (; from < to; ++from) request.push_back(traffic.spans(from));
        const auto sent = sender.send(wire::outgoing::to_otlp(request));
        if (!sent && stop) break;
        if (!sent) {
            fmt::print(stderr, "\n");
            return failed(sent.error());
        }
        rejected += sent->partial.rejected_spans;
    }
    if (stop) return 0;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    progress.done(fmt::format("{} interactions in {:.1f} s{}", traffic.size(), took.count(),
                              rejected ? fmt::format(", {} spans rejected", rejected) : ""));
    return rejected ? 1 : 0;
}

int trickle(const DemoOptions& options, OtlpSender& sender, const std::atomic<bool>& stop,
            const Clock& clock) {
    LiveTraffic traffic(options.seed, static_cast<std::uint64_t>(clock.now()));
    const auto gap = std::chrono::duration<double>(1 / std::max(options.live_rate, 0.001));
    auto due = std::chrono::steady_clock::now();
    while (!stop) {
        const auto sent = sender.send(wire::outgoing::to_otlp({traffic.next(clock.now())}));
        if (!sent) return stop ? 0 : failed(sent.error());
        due += std::chrono::duration_cast<std::chrono::steady_clock::duration>(gap);
        while (!stop && std::chrono::steady_clock::now() < due)
            std::this_thread::sleep_until(
                std::min(due, std::chrono::steady_clock::now() + std::chrono::milliseconds(100)));
    }
    return 0;
}

}  // namespace

int run_demo(const DemoOptions& options) {
    static const SystemClock system_clock;
    const Clock& clock = options.clock ? *options.clock : system_clock;
    std::optional<StopOnSignal> signals;
    if (!options.stop) signals.emplace();
    const std::atomic<bool>& stop = options.stop ? *options.stop : interrupted;
    OtlpSender sender(options.to, options.key, stop);
    if (options.weeks > 0)
        if (const int code = back_fill(options, sender, stop, clock.now()); code != 0 || stop)
            return code;
    return options.live ? trickle(options, sender, stop, clock) : 0;
}

}  // namespace plimsoll::app
