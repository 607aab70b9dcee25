#include <algorithm>

#include <fmt/format.h>

#include "app/configuration/section_reader.h"
#include "evaluate/quote.h"

namespace plimsoll::app {

namespace {

using alert::ChannelKind;
using evaluate::quote;

/// Which keys a kind of channel may have, and which it must.
struct Needs {
    ChannelKind kind;
    bool url, secret, secret_required, mail, repeats;
};
constexpr Needs needs[] = {
    {ChannelKind::log, false, false, false, false, false},
    {ChannelKind::webhook, true, true, false, false, false},
    {ChannelKind::slack, true, false, false, false, false},
    {ChannelKind::pagerduty, true, true, true, false, false},
    {ChannelKind::alertmanager, true, false, false, false, true},
    {ChannelKind::email, true, true, false, true, false},
};

/// A name as POSIX has them.
bool is_variable(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '_';
    });
}

/// One address, no line breaks: it stands in a command of SMTP and in a header.
bool is_mail_address(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != text.npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == text.npos && std::ranges::none_of(text, [](unsigned char c) {
               return c <= ' ' || c == 0x7F || c == '<' || c == '>' || c == ',';
           });
}

std::string mail_server_fault(std::string_view url) {
    const std::string_view rest = url.starts_with("smtps://")  ? url.substr(8)
                                  : url.starts_with("smtp://") ? url.substr(7)
                                                               : std::string_view();
    if (rest.empty()) return "must begin with smtp:// or smtps://";
    if (rest.find('@') != rest.npos) return "must not hold a name or password";
    return "";
}

class ChannelReader {
  public:
    ChannelReader(SectionReader& read, const YamlMember& member)
        : read_(read),
          node_(member.value),
          what_(fmt::format("channel {}", quote(member.key, 40))) {
        read_.name(member.key, member.mark, "a channel");
        read_.section(node_, "channels.*", what_);
    }

    Channel take() {
        std::vector<std::string_view> words;
        for (const auto& each : alert::channel_kinds) words.push_back(each.word);
        const YamlNode* kind = read_.required(node_, "kind", what_, "Write `kind: log`.");
        const auto word = kind ? read_.one_of(*kind, "`kind` of " + what_, words) : std::nullopt;
        const auto known = std::ranges::find(alert::channel_kinds, word.value_or("log"),
                                             &alert::ChannelKindWord::word);
        if (!word || known == alert::channel_kinds.end()) return {};
        channel_.kind = known->kind;
        needs_ = *std::ranges::find(needs, known->kind, &Needs::kind);
        word_ = *word;
        forbid("url", needs_.url);
        forbid("url_env", needs_.url);
        forbid("secret_env", needs_.secret);
        for (const char* key : {"user", "from", "to"}) forbid(key, needs_.mail);
        forbid("repeat", needs_.repeats);
        if (needs_.url) url();
        if (needs_.secret) secret();
        if (needs_.mail) mail();
        if (needs_.repeats) {
            channel_.repeat = std::chrono::minutes(1);
            if (const YamlNode* repeat = node_.find("repeat"))
                channel_.repeat =
                    read_.duration(*repeat, "`repeat` of " + what_).value_or(channel_.repeat);
        }
        return channel_;
    }

  private:
    void forbid(const char* key, bool allowed) {
        const YamlNode* node = node_.find(key);
        if (node && !allowed)
            read_.complain(node->mark,
                           fmt::format("{} is a {} and has no `{}`", what_, word_, key));
    }

    std::string variable(const YamlNode& node, const char* key) {
        const std::string name =
            read_.text(node, fmt::format("`{}` of {}", key, what_)).value_or("");
        if (!name.empty() && !is_variable(name))
            read_.complain(
                node.mark,
                fmt::format("`{}` of {} must be the name of an environment variable", key, what_),
                "A secret itself does not belong into this file.");
        return name;
    }

    void url() {
        const YamlNode* env = node_.find("url_env");
        if (env) channel_.url_env = variable(*env, "url_env");
        const YamlNode* node = node_.find("url");
        if (node && env) return read_.complain(node->mark, what_ + " has both `url` and `url_env`");
        if (!node && channel_.kind == ChannelKind::pagerduty && !env) {
            channel_.url = "https://events.pagerduty.com/v2/enqueue";
            return;
        }
        if (!node && !env)
            read_.required(node_, "url", what_,
                           needs_.mail ? "Write `url: smtp://host:25`."
                                       : fmt::format("A {} needs to know where to send.", word_));
        if (!node) return;
        channel_.url = read_.text(*node, "`url` of " + what_).value_or("");
        const std::string fault =
            needs_.mail ? mail_server_fault(channel_.url) : url_fault(channel_.url);
        if (!fault.empty()) read_.complain(node->mark, fmt::format("`url` of {} {}", what_, fault));
    }

    void secret() {
        const YamlNode* node = node_.find("secret_env");
        if (node) channel_.secret_env = variable(*node, "secret_env");
        if (!node && needs_.secret_required)
            read_.required(node_, "secret_env", what_,
                           "Name the environment variable that holds its integration key.");
        if (!node && channel_.kind == ChannelKind::webhook)
            read_.warn(node_.mark, what_ + " is not signed: its receiver cannot know who sent",
                       "Name an environment variable in `secret_env`.");
    }

    void mail() {
        if (const YamlNode* user = node_.find("user")) {
            channel_.user = read_.text(*user, "`user` of " + what_).value_or("");
            if (channel_.secret_env.empty())
                read_.complain(user->mark, what_ + " has a `user` and no `secret_env`",
                               "Name the environment variable that holds the password.");
        }
        const auto checked = [&](const YamlNode& node, std::string_view key,
                                 const std::string& text) {
            if (!text.empty() && !is_mail_address(text))
                read_.complain(node.mark,
                               fmt::format("`{}` of {} holds {}, which is no mail address", key,
                                           what_, quote(text, 40)));
        };
        if (const YamlNode* from =
                read_.required(node_, "from", what_, "Write `from: plimsoll@example.org`.")) {
            channel_.from = read_.text(*from, "`from` of " + what_).value_or("");
            checked(*from, "from", channel_.from);
        }
        if (const YamlNode* to =
                read_.required(node_, "to", what_, "Write `to: [oncall@example.org]`.")) {
            channel_.to = read_.texts(*to, "`to` of " + what_);
            for (const std::string& one : channel_.to) checked(*to, "to", one);
            if (to->is_list() && to->items.empty())
                read_.complain(to->mark, fmt::format("`to` of {} is empty", what_));
        }
    }

    SectionReader& read_;
    const YamlNode& node_;
    const std::string what_;
    std::string word_;
    Needs needs_{};
    Channel channel_;
};

}  // namespace

void read_channels(SectionReader& read, const YamlNode& root, Configuration& configuration) {
    const YamlNode* channels = root.find("channels");
    if (!channels) return;
    for (const YamlMember& member : read.group(*channels, "`channels`"))
        configuration.channels[member.key] = ChannelReader(read, member).take();
}

}  // namespace plimsoll::app
