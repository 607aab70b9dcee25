/// trust_thread.h: looks at trust while nobody asks, so that every step is kept near the time it was
/// taken: labels fade, and a judge falls due, without anyone doing anything.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "analyse/calibration/trust_book.h"

namespace plimsoll::app {

class TrustThread {
  public:
    /// Reads the book every ten minutes. `book` must outlive it.
    explicit TrustThread(analyse::TrustBook& book);
    ~TrustThread() { stop(); }

    /// Returns when the reading under way is done. May be called twice.
    void stop();

  private:
    void run();

    analyse::TrustBook& book_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace plimsoll::app
