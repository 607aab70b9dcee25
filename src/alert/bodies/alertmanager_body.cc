#include <algorithm>

#include "alert/bodies/bodies.h"
#include "base/json.h"

namespace plimsoll::alert {

namespace {

/// Not told again for so many repeats, an alert is over for Alertmanager.
constexpr int repeats_missed = 5;
constexpr UnixNanos lasts_at_least = 5 * 60 * nanos_per_second;

std::string slice_label(const Message& message) {
    std::string text;
    for (const auto& [name, value] : message.slice)
        text += (text.empty() ? "" : ",") + name + "=" + value;
    return text;
}

}  // namespace

std::string alertmanager_body(const Message& message, UnixNanos now,
                              std::chrono::milliseconds repeat) {
    const UnixNanos lasts =
        std::max(lasts_at_least, repeats_missed * UnixNanos{repeat.count()} * 1'000'000);
    json::Writer w;
    w.begin_array().begin_object().key("labels").begin_object();
    const auto add = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) w.key(name).value(value);  // Alertmanager drops empty ones itself.
    };
    add("alertname", "PlimsollAlert");
    add("alert", message.alert);
    add("dimension", message.dimension);
    add("service", message.service);
    add("slice", slice_label(message));
    add("owner", message.owner);
    add("severity", message.urgency);
    w.end_object().key("annotations").begin_object();
    add("summary", message.headline);
    add("description", message.what);
    add("where", message.where);
    add("since", message.since);
    add("why", message.why);
    add("how_sure", message.how_sure);
    add("who", message.who);
    add("to_do", message.to_do);
    add("command", message.command);
    w.end_object().key("startsAt").value(to_iso8601(std::min(message.began, now)));
    w.key("endsAt").value(to_iso8601(message.active ? now + lasts : now));
    w.key("generatorURL").value(message.link);
    return w.end_object().end_array().take();
}

}  // namespace plimsoll::alert
