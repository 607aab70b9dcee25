#include "app/follow_thread.h"

#include <spdlog/spdlog.h>

#include <chrono>

#include "base/thread_name.h"

namespace plimsoll::app {

FollowThread::FollowThread(record::Follower& follower, record::Journal& journal)
    : follower_(follower), journal_(journal), thread_([this] {
          name_this_thread("evaluation");
          run();
      }) {}

void FollowThread::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void FollowThread::run() {
    using namespace std::chrono_literals;
    auto pause = 0ms;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (wake_.wait_for(lock, pause, [this] { return stopping_; })) return;
        }
        const auto more = follower_.step(journal_.settled());
        if (!more) {
            spdlog::error("following the journal: {}; trying again", more.error().what);
            pause = 1000ms;
        } else {
            if (!*more) caught_up_ = true;
            pause = *more ? 0ms : 250ms;
        }
    }
}

}  // namespace plimsoll::app
