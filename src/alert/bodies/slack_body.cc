#include "alert/bodies/bodies.h"
#include "base/json.h"

namespace plimsoll::alert {

namespace {

/// Slack reads <…> as links and calls; these three characters are all it wants escaped.
std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '&')
            safe += "&amp;";
        else if (c == '<')
            safe += "&lt;";
        else if (c == '>')
            safe += "&gt;";
        else
            safe += c;
    }
    return safe;
}

}  // namespace

std::string slack_body(const Message& message) {
    std::string text;
    if (message.critical && message.active) text += ":rotating_light: ";
    text += "*" + escaped(message.headline) + "*\n";
    const auto part = [&](std::string_view name, const std::string& says) {
        if (!says.empty()) text += std::string(name) + ": " + escaped(says) + "\n";
    };
    part("What", message.what);
    part("Where", message.where);
    part("Since", message.since);
    part("Why", message.why);
    part("How sure", message.how_sure);
    part("Who", message.who);
    part("To do", message.to_do);
    text += "Reproduce: `" + escaped(message.command) + "`\n" + escaped(message.link);
    json::Writer w;
    w.begin_object().key("text").value(text).key("mrkdwn").value(true);
    return w.end_object().take();
}

}  // namespace plimsoll::alert
