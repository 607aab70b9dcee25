#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/configuration/section_reader.h"
#include "base/json.h"
#include "evaluate/quote.h"

namespace plimsoll::app {

namespace {

using evaluate::JudgeScale;
using evaluate::quote;

/// A whole number from `least` to `most`.
std::optional<std::int64_t> whole(SectionReader& read, const YamlNode& node, std::string_view what,
                                  double least, double most) {
    const auto number = read.number(node, what);
    if (!number) return std::nullopt;
    if (*number == std::floor(*number) && *number >= least && *number <= most)
        return static_cast<std::int64_t>(*number);
    read.complain(node.mark,
                  fmt::format("{} must be a whole number from {} to {}", what, least, most));
    return std::nullopt;
}

void read_graded(SectionReader& read, const YamlNode& node, const std::string& what,
                 JudgeScale& scale) {
    const std::string of = "`graded` of " + what;
    if (!node.is_list() || node.items.size() != 2) {
        read.complain(node.mark, of + " must be two whole numbers", "Write `graded: [1, 5]`.");
        return;
    }
    const auto lowest = whole(read, node.items[0], of, -1000, 1000);
    const auto highest = whole(read, node.items[1], of, -1000, 1000);
    if (!lowest || !highest) return;
    if (*lowest >= *highest || *highest - *lowest > evaluate::graded_span_max)
        read.complain(node.mark, fmt::format("{} must begin with the lowest grade and have at most "
                                             "{} more",
                                             of, evaluate::graded_span_max));
    else
        scale = JudgeScale::graded(*lowest, *highest);
}

void read_classes(SectionReader& read, const YamlNode& node, const std::string& what,
                  JudgeScale& scale) {
    const std::string of = "`classes` of " + what;
    JudgeScale made{JudgeScale::Kind::classes, {}};
    for (const YamlMember& member : read.group(node, of)) {
        if (!read.name(member.key, member.mark, "a class")) continue;
        const std::string score_of = fmt::format("the score of {} in {}", quote(member.key), of);
        const auto score = read.number(member.value, score_of);
        if (score && !(*score >= 0 && *score <= 1))
            read.complain(member.value.mark, score_of + " must be from 0 to 1");
        else if (made.find(member.key))
            read.complain(member.mark,
                          fmt::format("{} has {} twice but for its case", of, quote(member.key)));
        else if (score)
            made.classes.push_back({member.key, *score});
    }
    if (node.is_map() && node.members.size() < 2)
        read.complain(node.mark, of + " must be two or more");
    if (made.classes.size() >= 2) scale = JudgeScale::of_classes(std::move(made.classes));
}

void read_scale(SectionReader& read, const YamlNode& node, const std::string& what,
                JudgeScale& scale) {
    if (node.is_map() && node.members.size() == 1 && node.members[0].key == "graded")
        return read_graded(read, node.members[0].value, what, scale);
    if (node.is_map() && node.members.size() == 1 && node.members[0].key == "classes")
        return read_classes(read, node.members[0].value, what, scale);
    if (!node.is_scalar() || node.text != "binary")
        read.complain(node.mark, fmt::format("`scale` of {} is none that is known", what),
                      "Write `binary`, `{graded: [1, 5]}` or `{classes: {good: 1, poor: 0}}`.");
}

void read_extra(SectionReader& read, const YamlNode& node, const std::string& what,
                std::string& extra_json) {
    constexpr std::string_view ours[] = {"model", "messages",   "system",      "stream",
                                         "n",     "tools",      "tool_choice", "response_format",
                                         "seed",  "max_tokens", "temperature"};
    for (const YamlMember& member : read.group(node, "`extra` of " + what))
        if (std::find(std::begin(ours), std::end(ours), member.key) != std::end(ours))
            read.complain(member.mark, fmt::format("`extra` of {} must not hold `{}`, which is "
                                                   "written by Plimsoll",
                                                   what, member.key));
    if (!node.is_map()) return;
    std::string text = to_json(node);
    if (json::Document::parse(text))
        extra_json = std::move(text);
    else
        read.complain(node.mark, fmt::format("`extra` of {} cannot be written as JSON", what));
}

void read_parameters(SectionReader& read, const YamlNode& node, const std::string& what,
                     evaluate::JudgeParameters& parameters) {
    read.section(node, "judges.*.parameters", "`parameters` of " + what);
    const auto of = [&](std::string_view key) { return fmt::format("`{}` of {}", key, what); };
    if (const YamlNode* temperature = node.find("temperature")) {
        parameters.temperature.reset();
        if (temperature->text != "none") {
            parameters.temperature = read.number(*temperature, of("temperature"));
            if (parameters.temperature &&
                !(*parameters.temperature >= 0 && *parameters.temperature <= 2))
                read.complain(temperature->mark, of("temperature") + " must be from 0 to 2");
        }
    }
    if (const YamlNode* tokens = node.find("max_tokens"))
        parameters.max_tokens =
            whole(read, *tokens, of("max_tokens"), 1, 1e6).value_or(parameters.max_tokens);
    if (const YamlNode* seed = node.find("seed"))
        parameters.seed = whole(read, *seed, of("seed"), 0, 0x1p53);
    if (const YamlNode* structured = node.find("structured"))
        parameters.structured =
            read.one_of(*structured, of("structured"), {"true", "false"}) != "false";
    if (const YamlNode* content = node.find("content_characters"))
        parameters.content_characters_max = static_cast<std::size_t>(
            whole(read, *content, of("content_characters"), 100, 1e7)
                .value_or(static_cast<std::int64_t>(parameters.content_characters_max)));
    if (const YamlNode* extra = node.find("extra"))
        read_extra(read, *extra, what, parameters.extra_json);
}

/// A probability above 0; a complaint otherwise.
std::optional<double> chance(SectionReader& read, const YamlNode& node, const std::string& what) {
    const auto number = read.number(node, what);
    if (number && *number > 0 && *number <= 1) return number;
    if (number) read.complain(node.mark, what + " must be above 0 and at most 1");
    return std::nullopt;
}

void read_reasons(SectionReader& read, const YamlNode& node, const std::string& what,
                  evaluate::JudgeSample& sample) {
    std::vector<std::string_view> words;
    for (const auto& info : evaluate::sampling_reasons) words.push_back(info.word);
    for (const YamlMember& member : read.group(node, "`reasons` of " + what)) {
        const auto reason = evaluate::sampling_reason_named(member.key);
        if (!reason)
            read.complain(member.mark,
                          fmt::format("`reasons` of {} knows no {}", what, quote(member.key)),
                          suggestion(member.key, words));
        else
            sample.by_reason[static_cast<std::size_t>(*reason)] =
                chance(read, member.value, fmt::format("`{}` of {}", member.key, what));
    }
}

void read_sentinels(SectionReader& read, const YamlNode& node, const std::string& what,
                    evaluate::JudgeSentinels& sentinels) {
    read.section(node, "judges.*.sentinels", "`sentinels` of " + what);
    const auto of = [&](std::string_view key) {
        return fmt::format("`{}` of the sentinels of {}", key, what);
    };
    if (const YamlNode* items = node.find("items")) {
        const auto number = whole(read, *items, of("items"), 0, 2'000);
        if (number && *number > 0 && *number < 20)
            read.complain(items->mark, of("items") + " must be 20 or more, or 0 for none",
                          "With fewer nothing could ever be noticed.");
        sentinels.items = static_cast<std::size_t>(number.value_or(0));
    }
    if (const YamlNode* scorings = node.find("scorings")) {
        const auto number = whole(read, *scorings, of("scorings"), 3, 99);
        if (number && *number % 2 == 0)
            read.complain(scorings->mark, of("scorings") + " must be odd",
                          "Of an even number there may be no majority.");
        sentinels.scorings = static_cast<std::size_t>(number.value_or(15));
    }
    if (const YamlNode* every = node.find("every")) {
        sentinels.every = read.duration(*every, of("every")).value_or(sentinels.every);
        if (sentinels.every < std::chrono::seconds(1))
            read.complain(every->mark, of("every") + " must be one second or more");
    }
}

void read_sample(SectionReader& read, const YamlNode& node, const std::string& what,
                 evaluate::JudgeSample& sample) {
    read.section(node, "judges.*.sample", "`sample` of " + what);
    if (const YamlNode* rate = node.find("rate")) {
        const auto number = read.number(*rate, "`rate` of " + what);
        if (number && *number == 0) {
            read.complain(rate->mark,
                          fmt::format("`rate` of {} is 0: what can never be judged cannot be "
                                      "estimated, whatever the correction",
                                      what),
                          "Write a number above 0, or take the judge out of its dimension.");
        } else if (number && !(*number > 0 && *number <= 1)) {
            read.complain(rate->mark,
                          fmt::format("`rate` of {} must be above 0 and at most 1", what));
        }
        sample.rate = number.value_or(1.0);
    }
    if (const YamlNode* floor = node.find("floor"))
        sample.floor = chance(read, *floor, "`floor` of " + what);
    if (const YamlNode* reasons = node.find("reasons")) read_reasons(read, *reasons, what, sample);
    const std::pair<std::string_view, std::optional<double>*> limits[] = {
        {"usd_per_day", &sample.usd_per_day},
        {"requests_per_minute", &sample.requests_per_minute},
        {"tokens_per_minute", &sample.tokens_per_minute}};
    for (const auto& [key, limit] : limits) {
        const YamlNode* value = node.find(key);
        if (!value) continue;
        *limit = read.number(*value, fmt::format("`{}` of {}", key, what));
        if (*limit && !(**limit > 0))
            read.complain(value->mark, fmt::format("`{}` of {} must be above 0", key, what));
    }
}

}  // namespace

void read_judge_details(SectionReader& read, const YamlNode& node, const std::string& what,
                        evaluate::Judge& judge) {
    if (const YamlNode* scale = node.find("scale")) read_scale(read, *scale, what, judge.scale);
    if (const YamlNode* deadline = node.find("deadline"))
        judge.deadline = read.duration(*deadline, "`deadline` of " + what).value_or(judge.deadline);
    if (const YamlNode* parameters = node.find("parameters"))
        read_parameters(read, *parameters, what, judge.parameters);
    if (const YamlNode* sample = node.find("sample"))
        read_sample(read, *sample, what, judge.sample);
    if (const YamlNode* sentinels = node.find("sentinels"))
        read_sentinels(read, *sentinels, what, judge.sentinels);
}

}  // namespace plimsoll::app
