#include "alert/message.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/json.h"

namespace plimsoll::alert {

namespace {

using record::AlertStep;
using record::Finding;

/// "0.94", "1250", "0.0031": enough digits to see the change.
std::string figure(double value) {
    return std::abs(value) >= 1'000 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
}

std::string slice_text(const Finding& finding) {
    std::string text;
    for (const auto& [name, value] : finding.slice)
        text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", name, value);
    return text;
}

std::string subject(const Finding& finding) {
    return finding.dimension.empty() ? finding.measure : finding.dimension;
}

/// "faithfulness fell from 0.94 to 0.89", "latency rose from 1200 to 1900 (p99 ms)"
std::string movement(const Finding& finding) {
    const bool up = finding.after >= finding.before;
    std::string text = fmt::format("{} {} from {} to {}", subject(finding), up ? "rose" : "fell",
                                   figure(finding.before), figure(finding.after));
    if (finding.measure != "mean score" && !finding.dimension.empty())
        text += fmt::format(" ({})", finding.measure);
    return text;
}

std::string where_text(const std::vector<const Finding*>& findings) {
    const Finding& first = *findings.front();
    std::string text = first.service.empty() ? "all services" : first.service;
    if (const std::string slice = slice_text(first); !slice.empty()) text += ", where " + slice;
    std::size_t more = 0;
    for (const Finding* other : findings) {
        if (other == &first) continue;
        if (++more > 4) continue;
        const std::string slice = slice_text(*other);
        text += fmt::format("; {}{}{}", movement(*other), slice.empty() ? "" : " where ", slice);
    }
    if (more > 4) text += fmt::format("; and {} more", more - 4);
    return text;
}

std::string why_text(const Finding& finding) {
    if (finding.causes.empty())
        return "nothing that Plimsoll knows of changed: no version did at that time";
    std::string text;
    if (!finding.replay.empty()) {
        text = "what changed together cannot be told apart without a replay of";
        for (const std::string& element : finding.replay)
            text += (&element == &finding.replay.front() ? " " : ", ") + element;
        text += "; ";
    }
    for (std::size_t at = 0; at < std::min<std::size_t>(finding.causes.size(), 3); ++at) {
        const record::FindingCause& cause = finding.causes[at];
        if (at > 0) text += "; ";
        text += cause.element;
        if (!cause.from.empty() || !cause.to.empty())
            text += fmt::format(" from {} to {}", cause.from.empty() ? "none" : cause.from,
                                cause.to.empty() ? "none" : cause.to);
        if (cause.probability) text += fmt::format(", probability {:.2f}", *cause.probability);
        text += fmt::format(", its part {} ({} to {})", figure(cause.effect), figure(cause.low),
                            figure(cause.high));
    }
    return text;
}

std::string sure_text(const Finding& finding) {
    std::string text =
        fmt::format("change {} (95% interval {} to {}), {} sessions before and {} after",
                    figure(finding.change), figure(finding.change_low), figure(finding.change_high),
                    finding.sessions_before, finding.sessions_after);
    if (finding.level > 0)
        text += fmt::format("; {:.1f} times the evidence that pages", finding.level);
    return text;
}

std::string to_do(const Alert& alert, const Finding& finding, AlertStep step,
                  const std::string& link) {
    switch (step) {
        case AlertStep::recovered:
            return "Nothing; it is as it was before. Write down what helped, if somebody did.";
        case AlertStep::decided:
            return "Nothing more.";
        case AlertStep::acknowledged:
            return fmt::format("Decide: {}", link);
        default:
            break;
    }
    if (!finding.worse) return "Nothing: it got better. Accept it as the new baseline if it stays.";
    return fmt::format(
        "Acknowledge ({} or `plimsoll alerts ack {} --by NAME`), look at the worst interactions, "
        "then roll back, recalibrate, revise the rubric, or accept it.",
        link, alert.id);
}

std::string headline(const Alert& alert, const record::AlertEvent& event,
                     const std::vector<const Finding*>& findings) {
    const Finding& first = *findings.front();
    std::string what = movement(first);
    if (!first.service.empty()) what += " in " + first.service;
    if (const std::string slice = slice_text(first); !slice.empty()) what += " (" + slice + ")";
    if (findings.size() > 1) what += fmt::format(", and {} more", findings.size() - 1);
    switch (event.step) {
        case AlertStep::opened:
            return what;
        case AlertStep::updated:
            return "Update: " + what;
        case AlertStep::escalated:
            return fmt::format("Nobody acknowledged yet: {}", what);
        case AlertStep::acknowledged:
            return fmt::format("{} has taken: {}", event.by, what);
        case AlertStep::recovered:
            return "Recovered: " + what;
        case AlertStep::reopened:
            return "Again: " + what;
        case AlertStep::decided:
            return fmt::format("{} decided ({}): {}", event.by, alert.decision, what);
    }
    return what;
}

/// The fields that go to disk and come back, said once.
struct TextField {
    std::string_view name;
    std::string Message::*field;
};
constexpr std::array text_fields{
    TextField{"id", &Message::id},
    TextField{"alert", &Message::alert},
    TextField{"step", &Message::step},
    TextField{"headline", &Message::headline},
    TextField{"what", &Message::what},
    TextField{"where", &Message::where},
    TextField{"since", &Message::since},
    TextField{"why", &Message::why},
    TextField{"how_sure", &Message::how_sure},
    TextField{"who", &Message::who},
    TextField{"to_do", &Message::to_do},
    TextField{"command", &Message::command},
    TextField{"link", &Message::link},
    TextField{"owner", &Message::owner},
    TextField{"urgency", &Message::urgency},
    TextField{"dimension", &Message::dimension},
    TextField{"service", &Message::service},
};

}  // namespace

Message message_of(const Alert& alert, const record::AlertEvent& event,
                   const std::vector<const Finding*>& findings, const Policy& policy) {
    const Finding& first = *findings.front();
    Message message;
    message.alert = alert.id;
    message.step = to_word(event.step);
    message.time = event.time;
    message.headline = headline(alert, event, findings);
    message.what = first.says.empty() ? movement(first) : first.says;
    message.where = where_text(findings);
    message.since = fmt::format("{} (between {} and {})", to_iso8601(first.since),
                                to_iso8601(first.since_earliest), to_iso8601(first.since_latest));
    message.why = why_text(first);
    message.how_sure = sure_text(first);
    message.who = alert.asked.empty()
                      ? alert.owner
                      : fmt::format("{} (on call for {})", alert.asked, alert.owner);
    if (!alert.acknowledged_by.empty() && alert.state == AlertState::acknowledged)
        message.who = fmt::format("{} ({})", alert.acknowledged_by, alert.owner);
    message.link = fmt::format("{}/alerts/{}", policy.page_url, alert.id);
    message.to_do = to_do(alert, first, event.step, message.link);
    message.command = fmt::format("plimsoll reproduce {} --out DIR", alert.id);
    message.owner = alert.owner;
    message.urgency = to_word(alert.urgency);
    message.dimension = first.dimension;
    message.service = first.service;
    message.slice = first.slice;
    message.critical = alert.critical;
    message.began = first.since;
    message.active = !alert.closed();
    return message;
}

Message story_of(const Alert& alert, const std::vector<const Finding*>& findings,
                 const Policy& policy) {
    Message message = message_of(alert, alert.events.back(), findings, policy);
    message.headline = headline(alert, alert.events.front(), findings);
    return message;
}

std::string to_json(const Message& message) {
    json::Writer w;
    w.begin_object();
    for (const TextField& each : text_fields) w.key(each.name).value(message.*each.field);
    w.key("slice").begin_object();
    for (const auto& [name, value] : message.slice) w.key(name).value(value);
    w.end_object().key("time").value(to_iso8601(message.time));
    w.key("began").value(to_iso8601(message.began));
    w.key("critical").value(message.critical).key("active").value(message.active);
    return w.end_object().take();
}

Result<Message> message_from_json(const std::string& text) {
    const auto document = json::Document::parse(text);
    if (!document) return Error{"a stored message is not JSON: " + document.error().what};
    const json::Value root = document->root();
    Message message;
    for (const TextField& each : text_fields)
        if (const auto found = root.find(each.name)) message.*each.field = found->as_string();
    if (const auto slice = root.find("slice"))
        for (const json::Member member : slice->members())
            message.slice[std::string(member.key)] = member.value.as_string();
    const auto time = [&](std::string_view key) {
        const auto found = root.find(key);
        return found ? from_iso8601(found->as_string()).value_or(0) : 0;
    };
    const auto yes = [&](std::string_view key) {
        const auto found = root.find(key);
        return found && found->as_boolean().value_or(false);
    };
    message.time = time("time");
    message.began = time("began");
    message.critical = yes("critical");
    message.active = yes("active");
    return message;
}

std::string to_text(const Message& message) {
    std::string text = message.headline + "\n\n";
    const auto part = [&](std::string_view name, const std::string& says) {
        if (!says.empty()) text += fmt::format("{:<10} {}\n", name, says);
    };
    part("what", message.what);
    part("where", message.where);
    part("since", message.since);
    part("why", message.why);
    part("how sure", message.how_sure);
    part("who", message.who);
    part("to do", message.to_do);
    part("reproduce", message.command);
    part("page", message.link);
    return text;
}

}  // namespace plimsoll::alert
