/// demo.h: plays the traffic of a small support assistant to a Plimsoll server, over OTLP like any
/// client: a few weeks at once, then one interaction after the other until it is stopped.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "base/time.h"

namespace plimsoll::app {

struct DemoOptions {
    std::string to = "http://127.0.0.1:4318";  ///< OTLP/HTTP endpoint, without /v1/traces.
    std::string key;         ///< API key with role ingest; "" if the server asks for none.
    unsigned weeks = 3;      ///< Back-filled, ending now. 0: none.
    unsigned per_day = 600;  ///< Interactions.
    std::uint64_t seed = 1;
    bool live = false;       ///< Go on in real time after the back-fill.
    double live_rate = 1.0;  ///< Interactions per second.
    /// Ends the demo once true. nullptr: SIGINT and SIGTERM do.
    const std::atomic<bool>* stop = nullptr;
    const Clock* clock = nullptr;  ///< nullptr: the system's.
};

/// Returns the exit code: 0 when all was sent or it was stopped, 1 with a line on stderr when the
/// receiver refused.
int run_demo(const DemoOptions& options);

}  // namespace plimsoll::app
