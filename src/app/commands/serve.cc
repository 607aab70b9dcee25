#include <csignal>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/commands/configured.h"
#include "app/demo/demo.h"
#include "app/demo/progress.h"
#include "app/server.h"
#include "app/system_clock.h"

namespace plimsoll::app {

namespace {

std::string size_text(std::uint64_t bytes) {
    return bytes >= 1u << 30 ? fmt::format("{:.1f} GiB", static_cast<double>(bytes) / (1u << 30))
                             : fmt::format("{} MiB", bytes >> 20);
}

/// Where it listens, and the two variables that send one's own traces.
void tell_addresses(const Server& server) {
    fmt::print(stderr,
               "\n"
               "  page       http://{}\n"
               "  OTLP/HTTP  http://{}\n"
               "  OTLP/gRPC  http://{}\n\n"
               "  send your own traces:\n"
               "    export OTEL_EXPORTER_OTLP_ENDPOINT=http://{}\n"
               "    export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\n\n",
               server.page(), server.http(), server.grpc(), server.http());
}

void greet(const Server& server, const Configuration& configuration, const ServeOptions& options) {
    std::uint64_t sum = 0;
    std::string memory;
    for (const auto& [what, bytes] : memory_bound(configuration)) {
        sum += bytes;
        memory += fmt::format("    {:<46} {:>9}\n", what, size_text(bytes));
    }
    fmt::print(stderr,
               "Plimsoll {}   configuration {} {}   data in {}\n\n"
               "  memory, at most {}\n{}",
               PLIMSOLL_VERSION, options.config.empty() ? "built in" : options.config,
               configuration.version.substr(0, 8), options.data, size_text(sum), memory);
    const auto& privacy = configuration.privacy;
    fmt::print(stderr, "  privacy    {}\n",
               !privacy.on ? std::string("OFF: personal data is stored as it is sent")
                           : fmt::format("{} kinds of personal data and secrets are replaced before "
                                         "anything is stored; {} are kept by default",
                                         std::size(interaction::privacy::all_recognizers) -
                                             privacy.options.redactor.off.size() +
                                             privacy.patterns.size(),
                                         privacy.options.default_consent == wire::Consent::content
                                             ? "texts"
                                             : privacy.options.default_consent ==
                                                       wire::Consent::metrics
                                                   ? "only metrics"
                                                   : "no spans"));
    tell_addresses(server);
    for (const auto& notice : server.notices()) fmt::print(stderr, "  ! {}\n", notice);
}

/// A bar while the facts catch up with what the journal held at the start.
void show_catching_up(const Server& server, const std::atomic<bool>& stop) {
    using namespace std::chrono_literals;
    if (server.caught_up() >= 1.0) return;
    Progress progress("Catching up with the journal", 1000);
    while (!stop && server.caught_up() < 1.0) {
        progress.at(static_cast<std::uint64_t>(server.caught_up() * 1000));
        std::this_thread::sleep_for(100ms);
    }
    if (!stop) progress.done();
}

bool write_ready_file(const std::string& path, const Server& server) {
    const std::string partial = path + ".partial";
    std::ofstream file(partial);
    file << "PLIMSOLL_HTTP=http://" << server.http() << "\nPLIMSOLL_GRPC=http://" << server.grpc()
         << "\nPLIMSOLL_URL=http://" << server.page() << "\n";
    file.close();
    return file && std::rename(partial.c_str(), path.c_str()) == 0;
}

}  // namespace

int serve(const ServeOptions& options) {
    const auto configuration = configured(options.config);
    if (!configuration) return 1;

    // Every thread of the server inherits this mask, so that only sigwait below gets the signals.
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    const SystemClock clock;
    auto server = Server::start(*configuration, clock,
                                {.data = options.data, .grpc = options.grpc, .http = options.http,
                                 .page = options.page, .configuration_file = options.config});
    if (!server) return complain(server.error().what);
    greet(**server, *configuration, options);
    if (!options.ready_file.empty() && !write_ready_file(options.ready_file, **server))
        return complain(fmt::format("cannot write --ready-file {}", options.ready_file));

    std::atomic<bool> stop{false};
    std::thread beside([&] {
        show_catching_up(**server, stop);
        if (options.beside && options.beside(**server, stop)) kill(getpid(), SIGTERM);
    });
    int signal = 0;
    sigwait(&ending, &signal);
    stop = true;
    beside.join();
    fmt::print(stderr, "\nstopping: requests under way are answered\n");
    (*server)->stop();
    return 0;
}

int serve_demo(const ServeDemoOptions& options) {
    DemoOptions demo;
    demo.to = options.to;
    demo.story = options.story;
    demo.per_day = options.per_day;
    demo.live = options.live;
    if (!options.to.empty()) return run_demo(demo);
    ServeOptions serve_options = options.serve;
    serve_options.beside = [&](const Server& server, const std::atomic<bool>& stop) {
        demo.to = "http://" + server.http();
        demo.stop = &stop;
        const bool filled = server.interactions() > 0;  // By an earlier run.
        demo.live = false;
        if (!filled && run_demo(demo) != 0) return true;
        if (stop || !options.live) return true;
        tell_addresses(server);
        demo.fill = false;
        demo.live = true;
        run_demo(demo);
        return true;
    };
    return serve(serve_options);
}

}  // namespace plimsoll::app
