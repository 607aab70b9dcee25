/// worker_pool.h: threads for work that would hold up an I/O thread.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace plimsoll::net {

class WorkerPool {
  public:
    /// At most `waiting_max` pieces of work wait; more are not taken.
    WorkerPool(unsigned threads, std::size_t waiting_max);
    ~WorkerPool() { stop(); }

    /// False, and `work` untouched, if too much waits or the pool stopped. Work must not throw.
    bool offer(std::function<void()> work);

    /// Drops what waits, lets what runs end, returns thereafter. May be called twice.
    void stop();

  private:
    void run();

    const std::size_t waiting_max_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> waiting_;
    bool stopped_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace plimsoll::net
