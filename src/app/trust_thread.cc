#include "app/trust_thread.h"

#include <spdlog/spdlog.h>

#include <chrono>

#include "base/thread_name.h"

namespace plimsoll::app {

TrustThread::TrustThread(analyse::TrustBook& book) : book_(book), thread_([this] {
    name_this_thread("trust");
    run();
}) {}

void TrustThread::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void TrustThread::run() {
    using namespace std::chrono_literals;
    auto pause = 30s;  // The start has enough to do.
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (wake_.wait_for(lock, pause, [this] { return stopping_; })) return;
        }
        if (const auto page = book_.read(); !page)
            spdlog::error("reading trust: {}; trying again", page.error().what);
        pause = 600s;
    }
}

}  // namespace plimsoll::app
