/// bodies.h: a message in the form that each kind of receiver wants. Pure; content of traces (a
/// slice's value, a service's name) may stand in a message, and is data in every form.
#pragma once

#include <string>

#include "alert/channel.h"
#include "alert/message.h"

namespace plimsoll::alert {

/// Our own form: the members of the message (docs/alerts.md), `version` 1.
std::string webhook_body(const Message& message);

/// Slack's incoming webhook; Mattermost and Rocket.Chat read the same.
std::string slack_body(const Message& message);

/// PagerDuty Events API v2. One incident for each alert: the alert's id is the dedup_key.
std::string pagerduty_body(const Message& message, const std::string& integration_key);

/// Alertmanager API v2, a list of one alert. While active it lasts a good while beyond `repeat`;
/// after that, `now` is its end.
std::string alertmanager_body(const Message& message, UnixNanos now,
                              std::chrono::milliseconds repeat);

/// RFC 5322 with CRLF. The Message-ID is made of the notification's id, so that a mail that came
/// twice is recognised; all mails of one alert are one thread.
std::string mail_text(const Message& message, const Channel& channel);

}  // namespace plimsoll::alert
