/// configured.h: a configuration file for a command: loaded, or every complaint told on stderr.
#pragma once

#include <memory>
#include <string>

#include "app/configuration/configuration.h"

namespace plimsoll::app {

/// The built-in configuration for "". nullptr if the file has errors; warnings are told and pass.
std::unique_ptr<const Configuration> configured(const std::string& path);

}  // namespace plimsoll::app
