/// channel_sender.h: brings a message to one channel. One attempt; the outbox counts and repeats.
///
///   webhook       POST, Plimsoll-Signature: v1=HMAC-SHA256(secret, "<timestamp>.<body>")
///   slack, pagerduty, alertmanager       POST in their form (alert/bodies)
///   email         SMTP
///
/// What leaves carries the notification's id, so that a receiver can tell a repetition: after a
/// crash, or an answer that never came, the same one comes again.
#pragma once

#include <string>

#include "alert/channel.h"
#include "alert/message.h"
#include "net/outbound.h"

namespace plimsoll::net {

struct Sent {
    bool taken = false;
    std::string why;  ///< Not taken: what to tell a person. Holds no secret.
    std::optional<std::chrono::milliseconds> retry_after;
};

class ChannelSender {
  public:
    /// `url`, `secret`: what the channel's variables hold. Any kind but log.
    ChannelSender(alert::Channel channel, std::string url, std::string secret);

    Sent send(const alert::Message& message, UnixNanos now);

    /// Ends what is under way within a second, and lets nothing more begin.
    void stop() { outbound_.stop(); }

  private:
    OutboundReply post(const alert::Message& message, UnixNanos now);

    const alert::Channel channel_;
    const std::string url_, secret_;
    Outbound outbound_;
};

inline constexpr std::chrono::milliseconds channel_deadline{10'000};

}  // namespace plimsoll::net
