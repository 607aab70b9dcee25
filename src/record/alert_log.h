/// alert_log.h: what happened to every alert, and what people are still to be told.
///
///   alert = fold of its events        outbox = notifications not yet delivered
///        └────────── both written in one transaction ──────────┘
///
/// So a crash loses neither: an event that is kept will be told, and what is told was kept. Only
/// grows, but for what became of a notification.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace plimsoll::record {

enum class AlertStep : std::uint8_t {
    opened,        ///< A change that its owner must hear of.
    updated,       ///< The same change is larger or elsewhere too.
    escalated,     ///< Nobody acknowledged: another one is asked.
    acknowledged,  ///< A person has taken it.
    recovered,     ///< All that was found is back to what it was.
    reopened,      ///< It came again.
    decided,       ///< A person said what is done about it.
};
inline constexpr std::array alert_steps{
    AlertStep::opened,    AlertStep::updated,  AlertStep::escalated, AlertStep::acknowledged,
    AlertStep::recovered, AlertStep::reopened, AlertStep::decided};
std::string_view to_word(AlertStep step);
std::optional<AlertStep> alert_step_named(std::string_view word);

/// How loud an alert is.
enum class Urgency : std::uint8_t {
    silent,  ///< Shown; nobody is told.
    note,    ///< Told once: an improvement.
    ticket,  ///< Told once, and waits for somebody: the evaluator is trusted provisionally.
    page,    ///< Told, and told to others until somebody acknowledges.
};
inline constexpr std::array urgencies{Urgency::silent, Urgency::note, Urgency::ticket,
                                      Urgency::page};
std::string_view to_word(Urgency urgency);
std::optional<Urgency> urgency_named(std::string_view word);

struct AlertEvent {
    std::uint64_t seq = 0;  ///< From 1; append() gives it.
    std::string alert;      ///< Its id, 16 hex digits.
    UnixNanos time = 0;
    AlertStep step = AlertStep::opened;
    std::string by;    ///< A person's name; "" for Plimsoll itself.
    std::string says;  ///< A sentence for a person.

    // opened, updated, escalated, reopened:
    std::string owner;
    Urgency urgency = Urgency::silent;
    bool critical = false;              ///< Large enough to break through quiet hours.
    std::vector<std::string> findings;  ///< Ids of all that belong to it from now on.
    std::string asked;                  ///< Who is on call; "" if nobody is asked.
    UnixNanos told = 0;                 ///< When they hear of it: later than `time` in quiet hours.
    std::vector<std::string> channels;  ///< Those used by this step.

    // decided:
    std::string decision;  ///< A word of alert/decision.h.
    std::string link;
};

/// What one channel is to be told.
struct Notification {
    std::string id;  ///< 32 hex digits; the receiver's idempotency key. The same for every attempt.
    std::string alert;
    std::string channel;
    AlertStep step = AlertStep::opened;
    UnixNanos created = 0;
    UnixNanos due = 0;     ///< Not before.
    std::string message;   ///< JSON of alert/message.h.
    UnixNanos repeat = 0;  ///< Above 0: told again each so long, until a newer one takes its place.
};

enum class Delivery : std::uint8_t {
    pending,     ///< Due, or not yet.
    delivered,   ///< The channel said yes.
    superseded,  ///< A newer one said it too before this one was due.
    given_up,    ///< Tried for `notification_lasts`.
};
inline constexpr std::array deliveries{Delivery::pending, Delivery::delivered, Delivery::superseded,
                                       Delivery::given_up};
std::string_view to_word(Delivery delivery);

struct Outgoing {
    Notification notification;
    Delivery state = Delivery::pending;
    std::uint64_t attempts = 0;
    UnixNanos next = 0;       ///< pending: when it is tried.
    UnixNanos delivered = 0;  ///< When the channel said yes, the last time.
    std::string error;        ///< Of the last attempt; "" if there was none.
};

/// What became of one attempt.
struct Attempt {
    Delivery state = Delivery::pending;
    UnixNanos time = 0;
    UnixNanos next = 0;  ///< pending: when to try again.
    std::string error;   ///< "" if the channel said yes.
};

class AlertLog {
  public:
    virtual ~AlertLog() = default;

    /// All or nothing, durable when it returns. Of the same alert and channel, notifications that
    /// are not due yet at the new one's creation, and those that repeat, are superseded. A
    /// notification whose id is known changes nothing. Any thread.
    virtual Result<Done> append(std::span<const AlertEvent> events,
                                std::span<const Notification> notifications) = 0;
    /// In the order they were appended.
    virtual Result<std::vector<AlertEvent>> events() = 0;

    /// What `channel` is to be told now, oldest first; of each alert only the oldest that is
    /// pending, so that nobody hears "recovered" before "opened".
    virtual Result<std::vector<Outgoing>> due(const std::string& channel, UnixNanos now) = 0;
    virtual Result<Done> settle(const std::string& notification, const Attempt& attempt) = 0;
    /// All of one alert, oldest first; of all alerts if `alert` is "".
    virtual Result<std::vector<Outgoing>> outgoing(const std::string& alert) = 0;
    /// Channel → how many are pending.
    virtual Result<std::map<std::string, std::uint64_t>> pending() = 0;
};

}  // namespace plimsoll::record
