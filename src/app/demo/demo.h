/// demo.h: plays the traffic of a specification (demo/story.yaml) to a Plimsoll server, over OTLP
/// like any client: its weeks at once, ending now; then one interaction after the other until it is
/// stopped.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "base/time.h"

namespace plimsoll::app {

struct DemoOptions {
    std::string to = "http://127.0.0.1:4318";  ///< OTLP/HTTP endpoint, without /v1/traces.
    std::string key;  ///< API key with role ingest; "" if the server asks for none.
    std::string story = "demo/story.yaml";  ///< app/traffic/specification.h
    bool fill = true;                       ///< Send the story's weeks first.
    double per_day = 0;                     ///< Interactions; 0: as the story has it.
    bool live = false;                      ///< Go on in real time after the back-fill.
    double live_rate = 1.0;                 ///< Interactions per second.
    /// Ends the demo once true. nullptr: SIGINT and SIGTERM do.
    const std::atomic<bool>* stop = nullptr;
    const Clock* clock = nullptr;  ///< nullptr: the system's.
};

/// Returns the exit code: 0 when all was sent or it was stopped, 1 with a line on stderr when the
/// receiver refused.
int run_demo(const DemoOptions& options);

}  // namespace plimsoll::app
