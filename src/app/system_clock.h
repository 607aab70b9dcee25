/// system_clock.h: the one real clock; everything else gets it through its constructor.
#pragma once

#include <chrono>

#include "base/time.h"

namespace plimsoll::app {

class SystemClock : public Clock {
  public:
    UnixNanos now() const override {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
            .count();
    }
};

}  // namespace plimsoll::app
