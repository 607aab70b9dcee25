/// judge_clients.h: the ways to the judges' servers, each with its key from the environment.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "app/configuration/configuration.h"
#include "net/model_client.h"

namespace plimsoll::app {

/// Clients by judge; `only` one of them unless "". The error names a variable that is not set.
Result<std::map<std::string, std::unique_ptr<net::ModelClient>>> open_judge_clients(
    const Configuration& configuration, const std::string& only);

}  // namespace plimsoll::app
