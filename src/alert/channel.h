/// channel.h: a way to reach people or their systems, as a team wrote it down.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::alert {

enum class ChannelKind : std::uint8_t {
    log,           ///< The server's own log.
    webhook,       ///< POST of JSON, signed.
    slack,         ///< An incoming webhook of Slack, Mattermost, Rocket.Chat, …
    pagerduty,     ///< Events API v2.
    alertmanager,  ///< Prometheus Alertmanager, API v2.
    email,         ///< SMTP.
};
struct ChannelKindWord {
    ChannelKind kind;
    std::string_view word;
};
inline constexpr std::array channel_kinds{
    ChannelKindWord{ChannelKind::log, "log"},
    ChannelKindWord{ChannelKind::webhook, "webhook"},
    ChannelKindWord{ChannelKind::slack, "slack"},
    ChannelKindWord{ChannelKind::pagerduty, "pagerduty"},
    ChannelKindWord{ChannelKind::alertmanager, "alertmanager"},
    ChannelKindWord{ChannelKind::email, "email"}};
constexpr std::string_view to_word(ChannelKind kind) {
    for (const ChannelKindWord& each : channel_kinds)
        if (each.kind == kind) return each.word;
    return "";
}

struct Channel {
    ChannelKind kind = ChannelKind::log;
    std::string url;         ///< email: smtp://host:25 or smtps://host:465.
    std::string url_env;     ///< Environment variable that holds the URL, where that is a secret.
    std::string secret_env;  ///< webhook: signs; pagerduty: integration key; email: password.
    std::string user;        ///< email only.
    std::string from;        ///< email only.
    std::vector<std::string> to;          ///< email only.
    std::chrono::milliseconds repeat{0};  ///< alertmanager only: told again so often while active.
};

}  // namespace plimsoll::alert
