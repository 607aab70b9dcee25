/// delivery_thread.h: empties the outbox of one channel.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "net/channel_sender.h"
#include "record/alert_log.h"

namespace plimsoll::app {

/// Tried for so long, then given up.
inline constexpr UnixNanos notification_lasts = 3 * 86'400 * nanos_per_second;

/// When to try again after `attempts` failures: 1 s doubled each time, 5 min at most, a quarter
/// more or less by the notification's id, so that a receiver that comes back is not met by all at
/// once.
UnixNanos pause_after(std::uint64_t attempts, const std::string& id);

class DeliveryThread {
  public:
    /// One attempt.
    using Send = std::function<net::Sent(const alert::Message& message, UnixNanos now)>;

    /// References must outlive it.
    DeliveryThread(std::string channel, record::AlertLog& log, const Clock& clock, Send send);
    ~DeliveryThread() { stop(); }

    /// Something new may be due.
    void wake();
    /// Returns when the attempt under way is settled. May be called twice.
    void stop();

  private:
    void run();
    bool deliver(const record::Outgoing& out);

    const std::string channel_;
    record::AlertLog& log_;
    const Clock& clock_;
    const Send send_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stopping_ = false, woken_ = false;
    std::thread thread_;
};

}  // namespace plimsoll::app
