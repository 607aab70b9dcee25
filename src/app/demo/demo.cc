#include "app/demo/demo.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <thread>

#include "app/demo/otlp_sender.h"
#include "app/system_clock.h"
#include "app/traffic/play.h"
#include "app/traffic/tell.h"

namespace plimsoll::app {
namespace {

using demo::OtlpSender;
using traffic::Specification;

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

/// The story, ending with the hour that `now` is in.
std::optional<Specification> story(const DemoOptions& options, UnixNanos now) {
    constexpr UnixNanos hour = 3'600 * nanos_per_second;
    std::ifstream in(options.story);
    if (!in) {
        fmt::print(stderr, "demo: cannot read {}; --story names another\n", options.story);
        return std::nullopt;
    }
    auto read = traffic::read_specification(std::string(std::istreambuf_iterator<char>(in), {}),
                                            options.story, now / hour * hour);
    if (const auto* wrong = std::get_if<std::vector<Complaint>>(&read)) {
        for (const Complaint& complaint : *wrong) fmt::print(stderr, "{}\n", to_text(complaint));
        return std::nullopt;
    }
    Specification& specification = std::get<Specification>(read);
    if (options.per_day > 0) specification.per_day = options.per_day;
    return std::move(specification);
}

int back_fill(const DemoOptions& options, const Specification& story,
              const std::atomic<bool>& stop) {
    traffic::PlayOptions play;
    play.to = options.to;
    play.key = options.key;
    const auto played = traffic::play(story, traffic::own_content, {}, play, stop);
    if (!played) return stop ? 0 : failed(played.error());
    if (played->rejected) fmt::print(stderr, "demo: {} spans rejected\n", played->rejected);
    return played->rejected ? 1 : 0;
}

/// The story goes on as it ended: at a steady rate, with other dice.
Specification goes_on(Specification story, UnixNanos now, double rate) {
    const UnixNanos ended = story.ends();
    story.seed += static_cast<std::uint64_t>(now);
    story.starts = now;
    story.weeks = 520;
    story.per_day = rate * 86'400;
    story.hours = {{0, 1}};
    story.weekend = 1;
    for (traffic::Event& event : story.events)
        if (event.end == ended) event.end = story.ends();
    return story;
}

int trickle(const DemoOptions& options, const Specification& story, const std::atomic<bool>& stop,
            const Clock& clock) {
    OtlpSender sender(options.to, options.key, stop);
    auto traffic = traffic::Traffic::make(story, traffic::own_content);
    if (!traffic) return failed(traffic.error());
    while (!stop) {
        const auto happening = traffic->next();
        if (!happening) return 0;
        while (!stop && clock.now() < happening->start)
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        const auto sent = sender.send(wire::outgoing::to_otlp({traffic::tell(*happening)}));
        if (!sent) return stop ? 0 : failed(sent.error());
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
    const auto told = story(options, clock.now());
    if (!told) return 1;
    if (options.fill)
        if (const int code = back_fill(options, *told, stop); code != 0 || stop) return code;
    if (!options.live) return 0;
    return trickle(options, goes_on(*told, clock.now(), std::max(options.live_rate, 0.001)), stop,
                   clock);
}

}  // namespace plimsoll::app
