#include <fmt/format.h>

#include "app/configuration/options.h"
#include "app/configuration/section_reader.h"
#include "app/configuration/units.h"
#include "base/hash.h"
#include "base/json.h"

namespace plimsoll::app {

namespace {

using json::quoted;

std::string list_text(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + quoted(text);
    return "[" + list + "]";
}

std::string owners_text(const Configuration& configuration) {
    std::string text = "owners:\n";
    for (const Owner& owner : configuration.owners) {
        text += fmt::format("  {}:\n    rotation: {}\n    every: {}\n    starts: {}\n",
                            quoted(owner.name), list_text(owner.rotation), to_text(owner.every),
                            to_iso8601(owner.starts));
        if (!owner.notify.empty()) text += fmt::format("    notify: {}\n", list_text(owner.notify));
    }
    if (!configuration.channels.empty()) text += "channels:\n";
    for (const auto& [name, channel] : configuration.channels) {
        text += channel.kind == Channel::Kind::log
                    ? fmt::format("  {}: {{kind: log}}\n", quoted(name))
                    : fmt::format("  {}: {{kind: webhook, url: {}}}\n", quoted(name),
                                  quoted(channel.url));
    }
    return text;
}

std::string evaluator_text(const evaluate::Evaluator& evaluator) {
    std::string text =
        fmt::format("      # {}\n      - check: {}\n        name: {}\n", evaluator.version,
                    evaluator.check->name, quoted(evaluator.name));
    if (!evaluator.where.empty()) text += "        where:\n";
    for (const auto& [name, value] : evaluator.where) {
        text += fmt::format("          {}: {}\n", quoted(name), quoted(value));
    }
    const auto parameters = json::Document::parse(evaluator.parameters_json);
    for (const json::Member member : parameters->root().members()) {
        text += fmt::format("        {}: {}\n", member.key, json::to_text(member.value));
    }
    return text;
}

std::string dimensions_text(const Configuration& configuration) {
    std::string text = "dimensions:\n";
    for (const evaluate::Dimension& dimension : configuration.scorecard.dimensions) {
        text +=
            fmt::format("  {}:\n    says: {}\n    owner: {}\n    evaluators:\n",
                        quoted(dimension.name), quoted(dimension.says), quoted(dimension.owner));
        for (const evaluate::Evaluator& evaluator : dimension.evaluators) {
            text += evaluator_text(evaluator);
        }
        if (const auto judges = configuration.judge_evaluators.find(dimension.name);
            judges != configuration.judge_evaluators.end()) {
            for (const std::string& judge : judges->second) {
                text += fmt::format("      - judge: {}\n", quoted(judge));
            }
        }
        if (const auto alert = configuration.alerts.find(dimension.name);
            alert != configuration.alerts.end()) {
            text +=
                fmt::format("    alert: {{page: {}}}\n", alert->second.page ? "default" : "none");
        }
    }
    return text;
}

std::string judges_text(const Configuration& configuration) {
    std::string text = configuration.judges.empty() ? "" : "judges:\n";
    for (const auto& [name, judge] : configuration.judges) {
        text +=
            fmt::format("  {}:\n    model:\n      api: {}\n      base_url: {}\n      name: {}\n",
                        quoted(name), judge.api, quoted(judge.base_url), quoted(judge.model));
        if (!judge.key_env.empty())
            text += fmt::format("      key_env: {}\n", quoted(judge.key_env));
        text += fmt::format("    rubric: {}\n    scale: {}\n    sample: {{rate: {}",
                            quoted(judge.rubric), judge.scale, judge.rate);
        if (judge.usd_per_day) text += fmt::format(", usd_per_day: {}", *judge.usd_per_day);
        text += "}\n";
    }
    return text;
}

std::string privacy_text(const PrivacySettings& privacy) {
    const auto& options = privacy.options;
    std::string text = fmt::format(
        "privacy:\n  enabled: {}\n  off: {}\n  allow: {}\n  pseudonymise_users: {}\n"
        "  consent_attribute: {}\n  default_consent: {}\n",
        privacy.on, list_text(options.redactor.off), list_text(options.redactor.allow),
        options.pseudonymise_users, quoted(options.consent_attribute),
        interaction::privacy::to_word(options.default_consent));
    if (!privacy.patterns.empty()) text += "  patterns:\n";
    for (const auto& [label, pattern] : privacy.patterns)
        text += fmt::format("    {}: {}\n", label, quoted(pattern));
    if (!options.fields.empty()) text += "  fields:\n";
    for (const auto& rule : options.fields)
        text += fmt::format("    {}: {}\n", quoted(rule.key), interaction::privacy::to_word(rule.action));
    return text;
}

/// The options of one section that are a plain value.
std::string settings_text(const Configuration& configuration, std::string_view section) {
    Configuration copy;  // Fields give references to change.
    copy.server = configuration.server;
    copy.wire_limits = configuration.wire_limits;
    copy.gather = configuration.gather;
    copy.journal_disk_reserve_bytes = configuration.journal_disk_reserve_bytes;
    copy.facts_memory_bytes = configuration.facts_memory_bytes;
    std::string text = fmt::format("{}:\n", section);
    for (const Option& option : all_options()) {
        if (!option.key.starts_with(section) || option.key.size() <= section.size() ||
            option.key[section.size()] != '.') {
            continue;
        }
        std::string value;
        if (const auto* address = std::get_if<AddressField>(&option.field)) {
            value = quoted(address->of(copy));
        } else if (const auto* count = std::get_if<CountField>(&option.field)) {
            value = fmt::format("{}", count->of(copy));
        } else if (const auto* size = std::get_if<SizeField>(&option.field)) {
            value = size_text(size->of(copy));
        } else if (const auto* duration = std::get_if<DurationField>(&option.field)) {
            value = to_text(duration->of(copy));
        }
        text += fmt::format("  {}: {}\n", option.key.substr(section.size() + 1), value);
    }
    return text;
}

}  // namespace

void write_effective(Configuration& configuration,
                     const std::map<std::string, std::string>& file_versions) {
    std::string judged =
        owners_text(configuration) + dimensions_text(configuration) + judges_text(configuration);
    if (!configuration.slices.empty()) {
        judged += fmt::format("slices: {}\n", list_text(configuration.slices));
    }
    judged += settings_text(configuration, "assembly");
    for (const auto& [path, version] : file_versions) {
        judged += fmt::format("# file {} had content {}\n", quoted(path), version);
    }
    configuration.version = content_version(judged);
    configuration.effective_text = std::move(judged);
    configuration.effective_text += privacy_text(configuration.privacy);
    for (const std::string_view section : {"server", "limits", "journal", "facts"}) {
        configuration.effective_text += settings_text(configuration, section);
    }
}

}  // namespace plimsoll::app
