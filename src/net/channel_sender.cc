#include "net/channel_sender.h"

#include <fmt/format.h>

#include "alert/bodies/bodies.h"
#include "base/sha256.h"

namespace plimsoll::net {

using alert::ChannelKind;
using alert::Message;

ChannelSender::ChannelSender(alert::Channel channel, std::string url, std::string secret)
    : channel_(std::move(channel)),
      url_(std::move(url)),
      secret_(std::move(secret)),
      outbound_({.who = "The channel's server", .reply_bytes_max = 1u << 20, .ca_file = ""}) {}

OutboundReply ChannelSender::post(const Message& message, UnixNanos now) {
    std::string url = url_, body;
    std::vector<std::string> headers{"Content-Type: application/json",
                                     "Expect:", "User-Agent: Plimsoll",
                                     "Idempotency-Key: " + message.id};
    switch (channel_.kind) {
        case ChannelKind::slack:
            body = slack_body(message);
            break;
        case ChannelKind::pagerduty:
            body = pagerduty_body(message, secret_);
            break;
        case ChannelKind::alertmanager:
            while (url.ends_with('/')) url.pop_back();
            url += "/api/v2/alerts";
            body = alertmanager_body(message, now, channel_.repeat);
            break;
        default: {
            body = webhook_body(message);
            const std::int64_t timestamp = now / nanos_per_second;
            headers.push_back(fmt::format("Plimsoll-Id: {}", message.id));
            headers.push_back(fmt::format("Plimsoll-Timestamp: {}", timestamp));
            if (!secret_.empty())
                headers.push_back(
                    fmt::format("Plimsoll-Signature: v1={}",
                                hmac_sha256_hex(secret_, fmt::format("{}.{}", timestamp, body))));
        }
    }
    return outbound_.post(url, headers, body, channel_deadline);
}

Sent ChannelSender::send(const Message& message, UnixNanos now) {
    OutboundReply reply;
    if (channel_.kind == ChannelKind::email) {
        const std::string text = mail_text(message, channel_);
        reply = outbound_.mail({.server = url_,
                                .user = channel_.user,
                                .password = secret_,
                                .from = channel_.from,
                                .to = channel_.to,
                                .text = text},
                               channel_deadline);
    } else {
        reply = post(message, now);
    }
    if (reply.outcome != OutboundReply::Outcome::answered)
        return {.taken = false, .why = reply.why, .retry_after = {}};
    if (reply.status >= 200 && reply.status < 300)
        return {.taken = true, .why = "", .retry_after = {}};
    return {.taken = false,
            .why = fmt::format("The channel's server answered {}: {}", reply.status,
                               reply.body.substr(0, 200)),
            .retry_after = reply.retry_after};
}

}  // namespace plimsoll::net
