/// trust_thread.h: looks at trust and at the judges' sentinels while nobody asks, so that every step
/// is taken, and kept near its time: labels fade, and models change, without anyone doing anything.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "analyse/calibration/judge_watch.h"
#include "analyse/calibration/trust_book.h"

namespace plimsoll::app {

class TrustThread {
  public:
    /// Reads the book every ten minutes, and lets the watch step every two seconds, if there is
    /// one. Both must outlive it.
    explicit TrustThread(analyse::TrustBook& book, analyse::JudgeWatch* watch = nullptr);
    ~TrustThread() { stop(); }

    /// Returns when the reading under way is done. May be called twice.
    void stop();

  private:
    void run();

    analyse::TrustBook& book_;
    analyse::JudgeWatch* const watch_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace plimsoll::app
