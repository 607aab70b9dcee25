/// message.h: what a person is told: what, where, since when, why, how sure, who, what to do, and
/// the command that reproduces it. One text for every channel; each channel gives it its own form
/// (alert/bodies).
#pragma once

#include <string>
#include <vector>

#include "alert/alert.h"
#include "alert/policy.h"
#include "base/result.h"
#include "record/finding.h"

namespace plimsoll::alert {

struct Message {
    std::string id;  ///< Of the notification: the receiver's idempotency key.
    std::string alert;
    std::string step;  ///< "opened", …: a word of record::AlertStep.
    UnixNanos time = 0;

    std::string headline;  ///< One line.
    std::string what, where, since, why, how_sure, who, to_do, command, link;

    std::string owner, urgency, dimension, service;
    std::map<std::string, std::string> slice;
    bool critical = false;
    UnixNanos began = 0;  ///< The likeliest moment of the change.
    bool active = true;   ///< false: recovered or decided; a receiver may close its own.
};

/// `findings`: those of the alert that are known, the first of `event.findings` first. Not empty.
Message message_of(const Alert& alert, const record::AlertEvent& event,
                   const std::vector<const record::Finding*>& findings, const Policy& policy);

/// The alert as it stands: the message of its last event under the headline of its first.
Message story_of(const Alert& alert, const std::vector<const record::Finding*>& findings,
                 const Policy& policy);

std::string to_json(const Message& message);
Result<Message> message_from_json(const std::string& json);

/// The message as plain text, a paragraph for each part; what mail, log and terminals show.
std::string to_text(const Message& message);

}  // namespace plimsoll::alert
