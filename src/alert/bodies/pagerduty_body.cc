#include "alert/bodies/bodies.h"
#include "base/json.h"
#include "base/utf8.h"

namespace plimsoll::alert {

namespace {

constexpr std::size_t summary_bytes_max = 1'024;

std::string_view action(const Message& message) {
    if (!message.active) return "resolve";
    return message.step == to_word(record::AlertStep::acknowledged) ? "acknowledge" : "trigger";
}

std::string_view severity(const Message& message) {
    if (message.critical) return "critical";
    if (message.urgency == to_word(record::Urgency::page)) return "error";
    return message.urgency == to_word(record::Urgency::ticket) ? "warning" : "info";
}

/// Its first bytes, whole characters.
std::string_view cut(std::string_view text, std::size_t bytes_max) {
    std::size_t end = 0;
    while (end < text.size()) {
        const std::size_t length = std::max<std::size_t>(utf8_length(text.substr(end)), 1);
        if (end + length > bytes_max) break;
        end += length;
    }
    return text.substr(0, end);
}

}  // namespace

std::string pagerduty_body(const Message& message, const std::string& integration_key) {
    json::Writer w;
    w.begin_object().key("routing_key").value(integration_key);
    w.key("event_action").value(action(message)).key("dedup_key").value(message.alert);
    w.key("client").value("Plimsoll").key("client_url").value(message.link);
    w.key("payload").begin_object();
    w.key("summary").value(cut(message.headline, summary_bytes_max));
    w.key("source").value(message.service.empty() ? "all services" : message.service);
    w.key("severity").value(severity(message)).key("timestamp").value(to_iso8601(message.began));
    w.key("component").value(message.service).key("class").value(message.dimension);
    w.key("group").value(message.owner);
    w.key("custom_details").raw(to_json(message)).end_object();
    return w.end_object().take();
}

}  // namespace plimsoll::alert
