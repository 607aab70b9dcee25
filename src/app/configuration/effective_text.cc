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

std::string clock_text(std::chrono::minutes time) {
    return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60);
}

std::string channel_text(const Channel& channel) {
    std::string text = fmt::format("{{kind: {}", to_word(channel.kind));
    const auto add = [&](std::string_view key, const std::string& value) {
        if (!value.empty()) text += fmt::format(", {}: {}", key, quoted(value));
    };
    add("url", channel.url);
    add("url_env", channel.url_env);
    add("secret_env", channel.secret_env);
    add("user", channel.user);
    add("from", channel.from);
    if (!channel.to.empty()) text += fmt::format(", to: {}", list_text(channel.to));
    if (channel.repeat.count() > 0) text += fmt::format(", repeat: {}", to_text(channel.repeat));
    return text + "}";
}

std::string owners_text(const Configuration& configuration) {
    std::string text = "owners:\n";
    for (const Owner& owner : configuration.owners) {
        text += fmt::format("  {}:\n    rotation: {}\n    every: {}\n    starts: {}\n",
                            quoted(owner.name), list_text(owner.rotation), to_text(owner.every),
                            to_iso8601(owner.starts));
        if (!owner.notify.empty()) text += fmt::format("    notify: {}\n", list_text(owner.notify));
        if (!owner.fallback.empty())
            text += fmt::format("    fallback: {}\n", list_text(owner.fallback));
        text += fmt::format("    acknowledge_within: {}\n", to_text(owner.acknowledge_within));
        std::vector<std::string> steps;
        for (const alert::Escalation step : owner.escalate)
            steps.emplace_back(step == alert::Escalation::next ? "next" : "fallback");
        text += fmt::format("    escalate: {}\n", list_text(steps));
        if (owner.quiet)
            text += fmt::format(
                "    quiet: {{from: \"{}\", to: \"{}\", offset: \"{}\", critical: {}}}\n",
                clock_text(owner.quiet->from), clock_text(owner.quiet->to),
                (owner.quiet->offset.count() < 0 ? "-" : "+") +
                    clock_text(std::chrono::abs(owner.quiet->offset)),
                owner.quiet->critical_breaks_through ? "breaks_through" : "waits");
    }
    if (!configuration.channels.empty()) text += "channels:\n";
    for (const auto& [name, channel] : configuration.channels)
        text += fmt::format("  {}: {}\n", quoted(name), channel_text(channel));
    text += fmt::format("alerts:\n  owner: {}\n", quoted(configuration.alerting.owner));
    if (!configuration.alerting.page_url.empty())
        text += fmt::format("  page_url: {}\n", quoted(configuration.alerting.page_url));
    return text;
}

std::string where_text(const std::map<std::string, std::string>& where) {
    std::string text = where.empty() ? "" : "        where:\n";
    for (const auto& [name, value] : where)
        text += fmt::format("          {}: {}\n", quoted(name), quoted(value));
    return text;
}

std::string evaluator_text(const evaluate::Evaluator& evaluator) {
    std::string text =
        fmt::format("      # {}\n      - check: {}\n        name: {}\n", evaluator.version,
                    evaluator.check->name, quoted(evaluator.name));
    text += where_text(evaluator.where);
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
        for (const evaluate::JudgeEvaluator& judge : dimension.judges) {
            text += fmt::format("      - judge: {}\n        name: {}\n", quoted(judge.judge->name),
                                quoted(judge.name));
            text += where_text(judge.where);
        }
        if (dimension.judges_only_what_passes) text += "    judged: passing\n";
        if (const auto alert = configuration.alerts.find(dimension.name);
            alert != configuration.alerts.end()) {
            text += fmt::format("    alert: {{page: {}, critical: {}}}\n",
                                alert->second.page ? "default" : "none", alert->second.critical);
        }
    }
    return text;
}

std::string scale_text(const evaluate::JudgeScale& scale) {
    using Kind = evaluate::JudgeScale::Kind;
    if (scale.kind == Kind::binary) return "binary";
    if (scale.kind == Kind::graded)
        return fmt::format("{{graded: [{}, {}]}}", scale.classes.front().name,
                           scale.classes.back().name);
    std::string classes;
    for (const evaluate::JudgeClass& one : scale.classes)
        classes += fmt::format("{}{}: {}", classes.empty() ? "" : ", ", quoted(one.name), one.score);
    return fmt::format("{{classes: {{{}}}}}", classes);
}

std::string judge_text(const JudgeSettings& settings) {
    const evaluate::Judge& judge = *settings.judge;
    const auto& [api, base_url, name, key_env, price, idempotent] = judge.model;
    std::string text =
        fmt::format("  {}:\n    model:\n      api: {}\n      base_url: {}\n      name: {}\n",
                    quoted(judge.name), evaluate::to_word(api), quoted(base_url), quoted(name));
    if (!key_env.empty()) text += fmt::format("      key_env: {}\n", quoted(key_env));
    if (price)
        text += fmt::format("      price: {{input: {}, output: {}}}\n", price->input, price->output);
    if (idempotent) text += "      idempotent: true\n";
    text += fmt::format("    rubric: {}\n", quoted(settings.rubric_file));
    if (!settings.prompt_file.empty())
        text += fmt::format("    prompt: {}\n", quoted(settings.prompt_file));
    text += fmt::format("    scale: {}\n    deadline: {}\n", scale_text(judge.scale),
                        to_text(judge.deadline));
    const evaluate::JudgeParameters& p = judge.parameters;
    text += fmt::format("    parameters:\n      temperature: {}\n      max_tokens: {}\n",
                        p.temperature ? fmt::format("{}", *p.temperature) : "none", p.max_tokens);
    if (p.seed) text += fmt::format("      seed: {}\n", *p.seed);
    text += fmt::format("      structured: {}\n      content_characters: {}\n      extra: {}\n",
                        p.structured, p.content_characters_max, p.extra_json);
    text += fmt::format("    sample:\n      rate: {}\n", judge.sample.rate);
    const std::pair<std::string_view, std::optional<double>> limits[] = {
        {"usd_per_day", judge.sample.usd_per_day},
        {"requests_per_minute", judge.sample.requests_per_minute},
        {"tokens_per_minute", judge.sample.tokens_per_minute}};
    for (const auto& [key, value] : limits)
        if (value) text += fmt::format("      {}: {}\n", key, *value);
    if (judge.sample.floor) text += fmt::format("      floor: {}\n", *judge.sample.floor);
    std::string reasons;
    for (const auto& info : evaluate::sampling_reasons)
        if (const auto rate = judge.sample.by_reason[static_cast<std::size_t>(info.reason)])
            reasons += fmt::format("{}{}: {}", reasons.empty() ? "" : ", ", info.word, *rate);
    if (!reasons.empty()) text += fmt::format("      reasons: {{{}}}\n", reasons);
    const auto& [items, scorings, every] = judge.sentinels;
    text += fmt::format("    sentinels: {{items: {}, scorings: {}, every: {}}}\n", items, scorings,
                        to_text(every));
    return text;
}

std::string judges_text(const Configuration& configuration) {
    std::string text = configuration.judges.empty() ? "" : "judges:\n";
    for (const auto& [name, settings] : configuration.judges) text += judge_text(settings);
    if (configuration.judges_usd_per_day)
        text += fmt::format("judging: {{usd_per_day: {}}}\n", *configuration.judges_usd_per_day);
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
    copy.watch = configuration.watch;
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

std::string evaluation_text(Configuration configuration) {
    const std::string nobody = "bundle";
    configuration.owners = {{.name = nobody, .rotation = {nobody}, .notify = {}}};
    configuration.channels.clear();
    configuration.alerts.clear();
    configuration.alerting.owner = nobody;
    for (evaluate::Dimension& dimension : configuration.scorecard.dimensions)
        dimension.owner = nobody;
    return owners_text(configuration) + dimensions_text(configuration) + judges_text(configuration);
}

void write_effective(Configuration& configuration,
                     const std::map<std::string, std::string>& file_versions) {
    std::string judged =
        owners_text(configuration) + dimensions_text(configuration) + judges_text(configuration);
    if (!configuration.slices.empty()) {
        judged += fmt::format("slices: {}\n", list_text(configuration.slices));
    }
    judged += settings_text(configuration, "watch");
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
