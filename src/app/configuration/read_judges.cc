#include <fmt/format.h>

#include "app/configuration/section_reader.h"
#include "evaluate/quote.h"

namespace plimsoll::app {

namespace {

using evaluate::quote;

void read_model(SectionReader& read, const YamlNode& model, const std::string& what,
                JudgeSettings& judge) {
    read.section(model, "judges.*.model", "`model` of " + what);
    const auto text = [&](std::string_view key, std::string mend) -> std::string {
        const YamlNode* node = read.required(model, key, "`model` of " + what, std::move(mend));
        return node ? read.text(*node, fmt::format("`{}` of {}", key, what)).value_or("") : "";
    };
    if (const YamlNode* api =
            read.required(model, "api", "`model` of " + what, "Write `api: openai`.")) {
        judge.api = read.one_of(*api, "`api` of " + what, {"openai"}).value_or("");
    }
    judge.base_url = text("base_url", "Write where the model is served, with https://.");
    if (const std::string fault = url_fault(judge.base_url);
        !judge.base_url.empty() && !fault.empty()) {
        read.complain(model.find("base_url")->mark, fmt::format("`base_url` of {} {}", what, fault),
                      "A key stands in the variable that `key_env` names.");
    }
    judge.model = text("name", "Write the model's name there.");
    if (const YamlNode* key = model.find("key_env")) {
        judge.key_env = read.text(*key, "`key_env` of " + what).value_or("");
    }
}

void read_sample(SectionReader& read, const YamlNode& sample, const std::string& what,
                 JudgeSettings& judge) {
    read.section(sample, "judges.*.sample", "`sample` of " + what);
    if (const YamlNode* rate = sample.find("rate")) {
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
        judge.rate = number.value_or(1.0);
    }
    if (const YamlNode* usd = sample.find("usd_per_day")) {
        const auto number = read.number(*usd, "`usd_per_day` of " + what);
        if (number && !(*number > 0)) {
            read.complain(usd->mark, fmt::format("`usd_per_day` of {} must be above 0", what));
        }
        judge.usd_per_day = number;
    }
}

JudgeSettings read_judge(SectionReader& read, const YamlMember& member) {
    const std::string what = fmt::format("judge {}", quote(member.key, 40));
    JudgeSettings judge;
    judge.scale = "binary";
    read.name(member.key, member.mark, "a judge");
    read.section(member.value, "judges.*", what);
    if (const YamlNode* model =
            read.required(member.value, "model", what, "Say which model is asked.")) {
        read_model(read, *model, what, judge);
    }
    if (const YamlNode* rubric = read.required(member.value, "rubric", what,
                                               "Name the file that says what it judges by.")) {
        judge.rubric = read.text(*rubric, "`rubric` of " + what).value_or("");
        const auto content = judge.rubric.empty() ? Result<std::string>(std::string())
                                                  : read.files.read(judge.rubric);
        if (!content) {
            read.complain(rubric->mark,
                          fmt::format("`rubric` of {}: {}", what, content.error().what),
                          "Paths are relative to the configuration's folder.");
        }
        const auto versions = read.files.take_versions();
        if (const auto found = versions.find(judge.rubric); found != versions.end()) {
            judge.rubric_version = found->second;
        }
        read.file_versions.insert(versions.begin(), versions.end());
    }
    if (const YamlNode* scale = member.value.find("scale")) {
        judge.scale = read.one_of(*scale, "`scale` of " + what, {"binary"}).value_or("binary");
    }
    if (const YamlNode* sample = member.value.find("sample")) {
        read_sample(read, *sample, what, judge);
    }
    return judge;
}

}  // namespace

void read_judges(SectionReader& read, const YamlNode& root, Configuration& configuration) {
    const YamlNode* judges = root.find("judges");
    if (!judges) return;
    for (const YamlMember& member : read.group(*judges, "`judges`")) {
        configuration.judges[member.key] = read_judge(read, member);
    }
}

}  // namespace plimsoll::app
