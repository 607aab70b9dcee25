#include "app/watch/watch_thread.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

#include "base/thread_name.h"

namespace plimsoll::app {

WatchThread::WatchThread(analyse::WatchBook& book, std::function<bool()> ready,
                         std::function<void(const analyse::WatchReport&)> looked)
    : book_(book), ready_(std::move(ready)), looked_(std::move(looked)), thread_([this] {
          name_this_thread("watch");
          run();
      }) {}

void WatchThread::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void WatchThread::run() {
    using Clock = std::chrono::steady_clock;
    using namespace std::chrono_literals;
    std::shared_ptr<const analyse::WatchReport> last;
    auto pause = 5'000ms;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (wake_.wait_for(lock, pause, [this] { return stopping_; })) return;
        }
        if (!ready_()) continue;
        const auto begun = Clock::now();
        const auto report = book_.look_if_due();
        const auto took =
            std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun);
        // While history is filled in hours end every second: a tenth of a core is enough for it.
        pause = std::max<std::chrono::milliseconds>(5'000ms, 10 * took);
        if (!report) {
            spdlog::error("watching for changes: {}; trying again", report.error().what);
        } else if (*report != last) {
            last = *report;
            if (looked_) looked_(**report);
        }
    }
}

}  // namespace plimsoll::app
