/// watch_parts.h: what the configuration says of watching, as analyse/watch wants it.
#pragma once

#include "analyse/watch/watch.h"
#include "app/configuration/configuration.h"

namespace plimsoll::app {

analyse::WatchOptions watch_options(const Configuration& configuration);

}  // namespace plimsoll::app
