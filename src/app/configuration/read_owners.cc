#include <algorithm>

#include <fmt/format.h>

#include "app/configuration/section_reader.h"
#include "evaluate/quote.h"

namespace plimsoll::app {

namespace {

using evaluate::quote;

void read_channels(SectionReader& read, const YamlNode& root, Configuration& configuration) {
    const YamlNode* channels = root.find("channels");
    if (!channels) return;
    for (const YamlMember& member : read.group(*channels, "`channels`")) {
        const std::string what = fmt::format("channel {}", quote(member.key, 40));
        read.name(member.key, member.mark, "a channel");
        read.section(member.value, "channels.*", what);
        const YamlNode* kind = read.required(member.value, "kind", what, "Write `kind: log`.");
        const auto word =
            kind ? read.one_of(*kind, "`kind` of " + what, {"log", "webhook"}) : std::nullopt;
        Channel channel;
        if (word == "webhook") {
            channel.kind = Channel::Kind::webhook;
            const YamlNode* node =
                read.required(member.value, "url", what, "A webhook needs to know where to send.");
            if (node) channel.url = read.text(*node, "`url` of " + what).value_or("");
            if (const std::string fault = url_fault(channel.url); node && !fault.empty()) {
                read.complain(node->mark, fmt::format("`url` of {} {}", what, fault));
            }
        } else if (const YamlNode* url = member.value.find("url"); word && url) {
            read.complain(url->mark, fmt::format("{} is a log and has no `url`", what));
        }
        configuration.channels[member.key] = std::move(channel);
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
    if (const YamlNode* notify = member.value.find("notify")) {
        owner.notify = read.texts(*notify, "`notify` of " + what);
        std::vector<std::string_view> known;
        for (const auto& [name, channel] : configuration.channels) known.push_back(name);
        for (const std::string& name : owner.notify) {
            if (configuration.channels.contains(name)) continue;
            read.complain(
                notify->mark,
                fmt::format("{} is told on {}, which is no channel", what, quote(name, 40)),
                known.empty() ? fmt::format("Add it: `channels: {{{}: {{kind: log}}}}`.", name)
                              : suggestion(name, known));
        }
    }
    return owner;
}

}  // namespace

void read_owners(SectionReader& read, const YamlNode& root, Configuration& configuration) {
    read_channels(read, root, configuration);
    const YamlNode* owners = root.find("owners");
    if (!owners) return;
    for (const YamlMember& member : read.group(*owners, "`owners`")) {
        configuration.owners.push_back(read_owner(read, member, configuration));
    }
}

std::string on_call(const Configuration& configuration, const std::string& owner, UnixNanos time) {
    const auto found = std::find_if(configuration.owners.begin(), configuration.owners.end(),
                                    [&](const Owner& one) { return one.name == owner; });
    if (found == configuration.owners.end() || found->rotation.empty()) return "";
    if (time < found->starts) return found->rotation.front();
    const auto elapsed_ms = static_cast<std::uint64_t>(time - found->starts) / 1'000'000;
    const auto turn = elapsed_ms / static_cast<std::uint64_t>(found->every.count());
    return found->rotation[turn % found->rotation.size()];
}

}  // namespace plimsoll::app
