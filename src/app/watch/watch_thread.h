/// watch_thread.h: looks for changes whenever an hour of traffic is over, while nobody asks.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "analyse/watch/watch_book.h"

namespace plimsoll::app {

class WatchThread {
  public:
    /// `book` must outlive it. `ready`: the facts have caught up; before that nothing is looked at,
    /// since what is missing would look like a change. `looked` hears of every look; may be empty.
    WatchThread(analyse::WatchBook& book, std::function<bool()> ready,
                std::function<void(const analyse::WatchReport&)> looked = nullptr);
    ~WatchThread() { stop(); }

    /// Returns when the look under way is done. May be called twice.
    void stop();

  private:
    void run();

    analyse::WatchBook& book_;
    std::function<bool()> ready_;
    std::function<void(const analyse::WatchReport&)> looked_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace plimsoll::app
