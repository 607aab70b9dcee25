#include "app/judge_clients.h"

#include <cstdlib>

#include <fmt/format.h>

namespace plimsoll::app {

Result<std::map<std::string, std::unique_ptr<net::ModelClient>>> open_judge_clients(
    const Configuration& configuration, const std::string& only) {
    std::map<std::string, std::unique_ptr<net::ModelClient>> clients;
    for (const auto& [name, settings] : configuration.judges) {
        if (!only.empty() && name != only) continue;
        const std::string& variable = settings.judge->model.key_env;
        const char* const key = variable.empty() ? "" : std::getenv(variable.c_str());
        if (!key)
            return Error{
                fmt::format("judge {}: the variable {} is not set. Export the key in it, "
                            "or leave out `key_env` if the server needs none.",
                            name, variable)};
        clients[name] = std::make_unique<net::ModelClient>(net::ModelClientOptions{.key = key});
    }
    return clients;
}

}  // namespace plimsoll::app
