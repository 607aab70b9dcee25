/// later.h: answers that are due later, sent by one thread in the order of their time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "net/http_service.h"

namespace plimsoll::app {

class Later {
  public:
    using Clock = std::chrono::steady_clock;
    Later() : thread_([this] { run(); }) {}
    ~Later() { stop(); }

    void send(Clock::time_point due, net::HttpExchange exchange, net::HttpReply reply);

    /// Drops what waits. May be called twice.
    void stop();

  private:
    void run();

    struct Letter {
        net::HttpExchange exchange;
        net::HttpReply reply;
    };
    std::mutex mutex_;
    std::condition_variable wake_;
    std::multimap<Clock::time_point, Letter> waiting_;
    bool stopped_ = false;
    std::thread thread_;
};

}  // namespace plimsoll::app
