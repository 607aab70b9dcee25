#include <algorithm>

#include <fmt/format.h>

#include "app/configuration/section_reader.h"
#include "evaluate/quote.h"

namespace plimsoll::app {

namespace {

using evaluate::quote;

/// Minutes of "07:30", or of an offset, "+01:00".
std::optional<std::chrono::minutes> clock_time(std::string_view text, bool offset) {
    int sign = 1;
    if (offset) {
        if (text.size() != 6 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
        sign = text[0] == '-' ? -1 : 1;
        text.remove_prefix(1);
    }
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return std::nullopt;
    const int hours = (text[0] - '0') * 10 + text[1] - '0';
    const int minutes = (text[3] - '0') * 10 + text[4] - '0';
    if (hours > (offset ? 14 : 23) || minutes > 59) return std::nullopt;
    return std::chrono::minutes(sign * (hours * 60 + minutes));
}

void read_quiet(SectionReader& read, const YamlNode& node, const std::string& owner, Owner& into) {
    const std::string what = "`quiet` of " + owner;
    read.section(node, "owners.*.quiet", what);
    alert::QuietHours quiet;
    const auto time = [&](const char* key, bool offset, std::chrono::minutes& field) {
        const YamlNode* value = offset ? node.find(key)
                                       : read.required(node, key, what,
                                                       "Write `quiet: {from: \"22:00\", to: "
                                                       "\"07:00\", offset: \"+01:00\"}`.");
        if (!value) return;
        if (const auto minutes = clock_time(value->text, offset)) {
            field = *minutes;
            return;
        }
        read.complain(value->mark,
                      fmt::format("`{}` of {} must be {}, not {}", key, what,
                                  offset ? "an offset from UTC" : "a time of day",
                                  value->is_scalar() ? quote(value->text, 40) : value->kind_word()),
                      offset ? "Write it as \"+01:00\"." : "Write it as \"22:00\".");
    };
    time("from", false, quiet.from);
    time("to", false, quiet.to);
    time("offset", true, quiet.offset);
    if (const YamlNode* critical = node.find("critical"))
        quiet.critical_breaks_through =
            read.one_of(*critical, "`critical` in " + what, {"breaks_through", "waits"}) != "waits";
    if (quiet.from == quiet.to && node.find("from") && node.find("to"))
        read.complain(node.mark, fmt::format("{} begins when it ends", what),
                      "Leave it out where there are none.");
    into.quiet = quiet;
}

/// Channels that exist.
std::vector<std::string> read_told(SectionReader& read, const YamlNode& node, std::string_view key,
                                   const std::string& what, const Configuration& configuration) {
    const std::vector<std::string> names = read.texts(node, fmt::format("`{}` of {}", key, what));
    std::vector<std::string_view> known;
    for (const auto& [name, channel] : configuration.channels) known.push_back(name);
    for (const std::string& name : names) {
        if (configuration.channels.contains(name)) continue;
        read.complain(
            node.mark, fmt::format("{} is told on {}, which is no channel", what, quote(name, 40)),
            known.empty() ? fmt::format("Add it: `channels: {{{}: {{kind: log}}}}`.", name)
                          : suggestion(name, known));
    }
    return names;
}

void read_escalation(SectionReader& read, const YamlNode& node, const std::string& what,
                     const Configuration& configuration, Owner& owner) {
    if (const YamlNode* fallback = node.find("fallback"))
        owner.fallback = read_told(read, *fallback, "fallback", what, configuration);
    if (const YamlNode* within = node.find("acknowledge_within"))
        owner.acknowledge_within = read.duration(*within, "`acknowledge_within` of " + what)
                                       .value_or(owner.acknowledge_within);
    const YamlNode* escalate = node.find("escalate");
    if (!escalate) {
        // Where there is nobody next, the fallback is all there is.
        owner.escalate.clear();
        if (owner.rotation.size() > 1) owner.escalate.push_back(alert::Escalation::next);
        if (!owner.fallback.empty()) owner.escalate.push_back(alert::Escalation::fallback);
        return;
    }
    owner.escalate.clear();
    if (!escalate->is_list())
        return read.complain(
            escalate->mark,
            fmt::format("`escalate` of {} must be a list, not {}", what, escalate->kind_word()),
            "Write `escalate: [next, fallback]`; [] for none.");
    for (const YamlNode& item : escalate->items) {
        const auto word =
            read.one_of(item, "a step of `escalate` of " + what, {"next", "fallback"});
        if (word == "fallback" && owner.fallback.empty())
            read.complain(item.mark,
                          fmt::format("{} escalates to its `fallback`, and has none", what),
                          "Add `fallback: [a channel]`.");
        owner.escalate.push_back(word == "fallback" ? alert::Escalation::fallback
                                                    : alert::Escalation::next);
    }
}

Owner read_owner(SectionReader& read, const YamlMember& member,
                 const Configuration& configuration) {
    const std::string what = fmt::format("owner {}", quote(member.key, 40));
    Owner owner;
    owner.name = member.key;
    owner.starts = *from_iso8601("1970-01-05");  // The first Monday that a clock can show.
    read.name(member.key, member.mark, "an owner");
    read.section(member.value, "owners.*", what);
    if (const YamlNode* rotation =
            read.required(member.value, "rotation", what, "Write `rotation: [ana, bo]`.")) {
        owner.rotation = read.texts(*rotation, "`rotation` of " + what);
        if (rotation->is_list() && rotation->items.empty()) {
            read.complain(rotation->mark,
                          fmt::format("`rotation` of {} is empty: nobody would act", what));
        }
    }
    if (const YamlNode* every = member.value.find("every")) {
        owner.every = read.duration(*every, "`every` of " + what).value_or(owner.every);
    }
    if (const YamlNode* starts = member.value.find("starts")) {
        const auto time = from_iso8601(starts->text);
        if (time) owner.starts = *time;
        if (!time) {
            read.complain(
                starts->mark,
                fmt::format("`starts` of {} must be a date, not {}", what, quote(starts->text, 40)),
                "Write it as 2026-01-05.");
        }
    }
    if (const YamlNode* notify = member.value.find("notify"))
        owner.notify = read_told(read, *notify, "notify", what, configuration);
    read_escalation(read, member.value, what, configuration, owner);
    if (const YamlNode* quiet = member.value.find("quiet")) read_quiet(read, *quiet, what, owner);
    return owner;
}

}  // namespace

void read_owners(SectionReader& read, const YamlNode& root, Configuration& configuration) {
    const YamlNode* owners = root.find("owners");
    if (!owners) return;
    for (const YamlMember& member : read.group(*owners, "`owners`")) {
        configuration.owners.push_back(read_owner(read, member, configuration));
    }
}

void read_alerting(SectionReader& read, const YamlNode& root, Configuration& configuration) {
    AlertSettings& settings = configuration.alerting;
    if (!configuration.owners.empty()) settings.owner = configuration.owners.front().name;
    const YamlNode* alerts = root.find("alerts");
    if (!alerts) return;
    read.section(*alerts, "alerts", "`alerts`");
    if (const YamlNode* url = alerts->find("page_url")) {
        settings.page_url = read.text(*url, "`alerts.page_url`").value_or("");
        if (const std::string fault = url_fault(settings.page_url); !fault.empty())
            read.complain(url->mark, "`alerts.page_url` " + fault);
        while (settings.page_url.ends_with('/')) settings.page_url.pop_back();
    }
    if (const YamlNode* owner = alerts->find("owner")) {
        settings.owner = read.text(*owner, "`alerts.owner`").value_or("");
        std::vector<std::string_view> known;
        for (const Owner& one : configuration.owners) known.push_back(one.name);
        if (std::find(known.begin(), known.end(), settings.owner) == known.end())
            read.complain(owner->mark,
                          fmt::format("`alerts.owner` is {}, which is none of `owners`",
                                      quote(settings.owner, 40)),
                          suggestion(settings.owner, known));
    }
}

std::string on_call(const Configuration& configuration, const std::string& owner, UnixNanos time) {
    const auto found = std::find_if(configuration.owners.begin(), configuration.owners.end(),
                                    [&](const Owner& one) { return one.name == owner; });
    return found == configuration.owners.end() ? "" : alert::person_on_call(*found, time);
}

}  // namespace plimsoll::app
