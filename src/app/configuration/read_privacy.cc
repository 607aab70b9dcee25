#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "app/configuration/section_reader.h"
#include "evaluate/pattern.h"
#include "evaluate/quote.h"

namespace plimsoll::app {

namespace {

using evaluate::quote;
using interaction::privacy::FieldRule;
using interaction::privacy::Place;
using interaction::privacy::TeamPattern;

void read_flag(SectionReader& read, const YamlNode& group, std::string_view key, bool& flag) {
    const YamlNode* node = group.find(key);
    if (!node) return;
    const std::string what = fmt::format("`privacy.{}`", key);
    if (const auto word = read.one_of(*node, what, {"true", "false"})) flag = *word == "true";
}

/// All matches; an empty match finds nothing.
std::vector<Place> find_all(const evaluate::Pattern& pattern, std::string_view text) {
    std::vector<Place> places;
    for (std::size_t from = 0; from < text.size();) {
        const auto found = pattern.find(text.substr(from));
        if (!found) break;
        if (found->end > found->begin) places.push_back({from + found->begin, from + found->end});
        from += std::max(found->end, found->begin + 1);
    }
    return places;
}

void read_patterns(SectionReader& read, const YamlNode& node, PrivacySettings& privacy) {
    for (const YamlMember& member : read.group(node, "`privacy.patterns`")) {
        const auto is_label = [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; };
        if (member.key.empty() || member.key.size() > 32 ||
            !std::all_of(member.key.begin(), member.key.end(), is_label)) {
            read.complain(member.mark,
                          fmt::format("{} cannot stand in a placeholder", quote(member.key, 40)),
                          "A label is capitals and _, as in CUSTOMER_NUMBER.");
            continue;
        }
        const auto text = read.text(member.value, fmt::format("pattern `{}`", member.key));
        if (!text) continue;
        auto compiled = evaluate::Pattern::compile(*text, false);
        if (!compiled) {
            read.complain(member.value.mark,
                          fmt::format("pattern `{}` {}", member.key, compiled.error().what));
            continue;
        }
        const auto pattern = std::make_shared<evaluate::Pattern>(std::move(*compiled));
        privacy.patterns.emplace_back(member.key, *text);
        privacy.options.redactor.patterns.push_back(
            {member.key, [pattern](std::string_view all) { return find_all(*pattern, all); }});
    }
}

}  // namespace

void read_privacy(SectionReader& read, const YamlNode& root, Configuration& configuration) {
    const YamlNode* node = root.find("privacy");
    if (!node) return;
    PrivacySettings& privacy = configuration.privacy;
    read.section(*node, "privacy", "`privacy`");
    read_flag(read, *node, "enabled", privacy.on);
    read_flag(read, *node, "pseudonymise_users", privacy.options.pseudonymise_users);
    if (const YamlNode* off = node->find("off")) {
        std::vector<std::string_view> known;
        for (const auto* one : interaction::privacy::all_recognizers) known.push_back(one->name);
        privacy.options.redactor.off = read.texts(*off, "`privacy.off`");
        for (const std::string& name : privacy.options.redactor.off) {
            if (std::find(known.begin(), known.end(), name) != known.end()) continue;
            read.complain(off->mark,
                          fmt::format("`privacy.off` names {}, which is no kind", quote(name, 40)),
                          suggestion(name, known));
        }
    }
    if (const YamlNode* allow = node->find("allow"))
        privacy.options.redactor.allow = read.texts(*allow, "`privacy.allow`");
    if (const YamlNode* patterns = node->find("patterns")) read_patterns(read, *patterns, privacy);
    if (const YamlNode* fields = node->find("fields")) {
        for (const YamlMember& member : read.group(*fields, "`privacy.fields`")) {
            const auto action = read.one_of(member.value, fmt::format("field {}", member.key),
                                            {"keep", "redact", "pseudonym", "drop"});
            if (!action) continue;
            privacy.options.fields.push_back(
                {member.key, *interaction::privacy::field_action_named(*action)});
        }
    }
    if (const YamlNode* attribute = node->find("consent_attribute"))
        privacy.options.consent_attribute =
            read.text(*attribute, "`privacy.consent_attribute`").value_or("");
    if (const YamlNode* consent = node->find("default_consent")) {
        const auto word =
            read.one_of(*consent, "`privacy.default_consent`", {"content", "metrics", "nothing"});
        if (word) privacy.options.default_consent = interaction::privacy::consent_named(*word);
    }
    if (!privacy.on) {
        read.warn(node->mark, "`privacy.enabled` is false: personal data is stored as it is sent");
    }
}

}  // namespace plimsoll::app
