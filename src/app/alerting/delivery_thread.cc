#include "app/alerting/delivery_thread.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

#include "base/hash.h"
#include "base/thread_name.h"
#include "show/printable.h"

namespace plimsoll::app {

using record::Attempt;
using record::Delivery;
using record::Outgoing;

UnixNanos pause_after(std::uint64_t attempts, const std::string& id) {
    constexpr UnixNanos longest = 300 * nanos_per_second;
    const UnixNanos pause =
        attempts > 9 ? longest
                     : std::min(longest, nanos_per_second << (attempts ? attempts - 1 : 0));
    const double share = static_cast<double>(hash64(id, attempts) >> 11) * 0x1p-53;  // [0, 1)
    return static_cast<UnixNanos>(static_cast<double>(pause) * (0.75 + share / 2));
}

DeliveryThread::DeliveryThread(std::string channel, record::AlertLog& log, const Clock& clock,
                               Send send)
    : channel_(std::move(channel)),
      log_(log),
      clock_(clock),
      send_(std::move(send)),
      thread_([this] {
          name_this_thread("delivery");
          run();
      }) {}

void DeliveryThread::wake() {
    {
        const std::scoped_lock lock(mutex_);
        woken_ = true;
    }
    changed_.notify_all();
}

void DeliveryThread::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

/// False if the log could not be written.
bool DeliveryThread::deliver(const Outgoing& out) {
    const record::Notification& one = out.notification;
    const UnixNanos now = clock_.now();
    const auto message = alert::message_from_json(one.message);
    Attempt attempt{.state = Delivery::given_up, .time = now, .next = 0, .error = ""};
    if (!message) {
        attempt.error = message.error().what;
    } else if (const net::Sent sent = send_(*message, now); sent.taken) {
        attempt.state = one.repeat > 0 ? Delivery::pending : Delivery::delivered;
        attempt.next = now + one.repeat;
    } else {
        attempt.error = sent.why;
        UnixNanos pause = pause_after(out.attempts + 1, one.id);
        if (sent.retry_after)
            pause = std::max(pause, UnixNanos{sent.retry_after->count()} * 1'000'000);
        attempt.next = now + pause;
        if (now < one.due + notification_lasts || one.repeat > 0) attempt.state = Delivery::pending;
        spdlog::warn("channel {} was not told of alert {} ({}): {}", channel_, one.alert,
                     to_word(one.step), show::printable(sent.why, 300));
    }
    if (attempt.state == Delivery::given_up)
        spdlog::error("channel {} is not told of alert {} ({}): given up after {} attempts",
                      channel_, one.alert, to_word(one.step), out.attempts + 1);
    const auto settled = log_.settle(one.id, attempt);
    if (!settled) spdlog::error("settling a notification: {}", settled.error().what);
    return settled.ok();
}

void DeliveryThread::run() {
    using namespace std::chrono_literals;
    for (;;) {
        const auto due = log_.due(channel_, clock_.now());
        if (!due) spdlog::error("reading the outbox of {}: {}", channel_, due.error().what);
        bool worked = false;
        if (due)
            for (const Outgoing& one : *due) {
                {
                    const std::scoped_lock lock(mutex_);
                    if (stopping_) return;
                }
                worked = deliver(one) || worked;
            }
        std::unique_lock lock(mutex_);
        if (stopping_) return;
        if (worked) continue;  // The next of the same alert may be due now.
        changed_.wait_for(lock, 500ms, [this] { return stopping_ || woken_; });
        woken_ = false;
        if (stopping_) return;
    }
}

}  // namespace plimsoll::app
