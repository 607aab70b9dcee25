#include <csignal>
#include <fstream>

#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/configuration/disk_files.h"
#include "app/stand_in/stand_in_server.h"

namespace plimsoll::app {

int stand_in(const StandInCommand& command) {
    StandInOptions options = default_stand_in();
    if (!command.config.empty()) {
        auto loaded = load_stand_in(command.config, DiskFiles());
        if (const auto* complaints = std::get_if<std::vector<Complaint>>(&loaded)) {
            for (const Complaint& complaint : *complaints) complain(to_text(complaint));
            return 1;
        }
        options = std::get<StandInOptions>(std::move(loaded));
    }
    if (command.port) options.port = *command.port;

    // The server's threads inherit this mask, so that only sigwait below gets the signals.
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    auto server = StandInServer::start(options);
    if (!server) return complain(server.error().what);
    print((*server)->url());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&ending, &signal);
    return 0;
}

}  // namespace plimsoll::app
