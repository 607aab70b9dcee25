/// follow_thread.h: the thread that lets the Follower step, as long as the server runs.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "record/follower.h"

namespace plimsoll::app {

class FollowThread {
  public:
    /// Steps at once while there is more, else every quarter of a second, which bounds how late a
    /// trace is seen to be quiet. After an Error (logged) it waits a second and tries again.
    FollowThread(record::Follower& follower, record::Journal& journal);
    ~FollowThread() { stop(); }

    /// Returns when the step under way is done. May be called twice.
    void stop();

    /// Everything acknowledged before the server started has been taken from the journal.
    bool caught_up() const { return caught_up_; }

  private:
    void run();

    record::Follower& follower_;
    record::Journal& journal_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::atomic<bool> caught_up_{false};
    std::thread thread_;
};

}  // namespace plimsoll::app
