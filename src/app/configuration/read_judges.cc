#include <algorithm>

#include <fmt/format.h>

#include "app/configuration/section_reader.h"
#include "evaluate/quote.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::app {

namespace {

using evaluate::quote;

/// Whether a key sent to that URL can be read on its way by others.
bool is_in_clear(std::string_view url) {
    if (!url.starts_with("http://")) return false;
    const std::string_view host = url.substr(7);
    return !host.starts_with("localhost") && !host.starts_with("127.") &&
           !host.starts_with("[::1]");
}

void read_model(SectionReader& read, const YamlNode& model, const std::string& what,
                evaluate::JudgeModel& judge) {
    read.section(model, "judges.*.model", "`model` of " + what);
    const auto text = [&](std::string_view key, std::string mend) -> std::string {
        const YamlNode* node = read.required(model, key, "`model` of " + what, std::move(mend));
        return node ? read.text(*node, fmt::format("`{}` of {}", key, what)).value_or("") : "";
    };
    if (const YamlNode* api = read.required(model, "api", "`model` of " + what,
                                            "Write `api: openai` or `api: anthropic`.")) {
        const auto word = read.one_of(*api, "`api` of " + what, {"openai", "anthropic"});
        if (word == "anthropic") judge.api = evaluate::ModelProtocol::anthropic;
    }
    judge.base_url = text("base_url", "Write where the model is served, with https://.");
    if (const std::string fault = url_fault(judge.base_url);
        !judge.base_url.empty() && !fault.empty()) {
        read.complain(model.find("base_url")->mark, fmt::format("`base_url` of {} {}", what, fault),
                      "A key stands in the variable that `key_env` names.");
    }
    judge.name = text("name", "Write the model's name there.");
    if (const YamlNode* key = model.find("key_env")) {
        judge.key_env = read.text(*key, "`key_env` of " + what).value_or("");
        const bool fine = std::all_of(judge.key_env.begin(), judge.key_env.end(), [](char c) {
            return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                   c == '_';
        });
        if (!fine)  // Not quoted: somebody wrote the key itself here.
            read.complain(key->mark, fmt::format("`key_env` of {} is no variable's name", what),
                          "Write the name of an environment variable that holds the key, not the "
                          "key.");
        else if (is_in_clear(judge.base_url))
            read.warn(key->mark,
                      fmt::format("the key of {} goes to {} without encryption", what,
                                  quote(judge.base_url, 60)),
                      "Use https:// where others share the network.");
    }
    if (const YamlNode* idempotent = model.find("idempotent"))
        judge.idempotent =
            read.one_of(*idempotent, "`idempotent` of " + what, {"true", "false"}) == "true";
    if (const YamlNode* price = model.find("price")) {
        read.section(*price, "judges.*.model.price", "`price` of " + what);
        judge.price.emplace();
        for (auto [key, usd] :
             {std::pair("input", &judge.price->input), std::pair("output", &judge.price->output)}) {
            const YamlNode* node =
                read.required(*price, key, "`price` of " + what, "Both are needed.");
            if (!node) continue;
            *usd = read.number(*node, fmt::format("`{}` of {}", key, what)).value_or(0);
            if (!(*usd >= 0))
                read.complain(node->mark, fmt::format("`{}` of {} must be 0 or more", key, what));
        }
    }
}

/// The content of the file that `key` names; "" if there is no such key, or it was complained of.
std::string read_file(SectionReader& read, const YamlNode& node, std::string_view key,
                      const std::string& what, std::string& path) {
    path = read.text(node, fmt::format("`{}` of {}", key, what)).value_or("");
    if (path.empty()) return "";
    auto content = read.files.read(path);
    const auto versions = read.files.take_versions();
    read.file_versions.insert(versions.begin(), versions.end());
    if (!content) {
        read.complain(node.mark, fmt::format("`{}` of {}: {}", key, what, content.error().what),
                      "Paths are relative to the configuration's folder.");
        return "";
    }
    if (evaluate::is_blank(*content))
        read.complain(node.mark, fmt::format("`{}` of {}: {} is empty", key, what, path));
    if (content->size() > 256 * 1024)
        read.complain(node.mark,
                      fmt::format("`{}` of {}: {} has more than 256 KiB", key, what, path),
                      "It is sent with every question.");
    return std::move(*content);
}

JudgeSettings read_judge(SectionReader& read, const YamlMember& member) {
    const std::string what = fmt::format("judge {}", quote(member.key, 40));
    JudgeSettings settings;
    evaluate::Judge judge;
    judge.name = member.key;
    read.name(member.key, member.mark, "a judge");
    read.section(member.value, "judges.*", what);
    if (const YamlNode* model =
            read.required(member.value, "model", what, "Say which model is asked."))
        read_model(read, *model, what, judge.model);
    if (const YamlNode* rubric = read.required(member.value, "rubric", what,
                                               "Name the file that says what it judges by."))
        judge.rubric = read_file(read, *rubric, "rubric", what, settings.rubric_file);
    if (const YamlNode* prompt = member.value.find("prompt")) {
        const std::string text = read_file(read, *prompt, "prompt", what, settings.prompt_file);
        auto made = evaluate::read_template(text);
        if (auto* fault = std::get_if<evaluate::TemplateFault>(&made)) {
            if (!text.empty())
                read.complain(prompt->mark,
                              fmt::format("`prompt` of {}: {}:{}: {}", what, settings.prompt_file,
                                          fault->line, fault->what),
                              "There is {{question}}, {{conversation}}, {{system_prompt}}, "
                              "{{documents}}, {{tool_calls}}, {{answer}}.");
        } else {
            judge.prompt = std::get<evaluate::PromptTemplate>(std::move(made));
        }
    }
    read_judge_details(read, member.value, what, judge);
    if (judge.sample.usd_per_day && !judge.model.price) {
        const YamlNode* usd = member.value.find("sample")->find("usd_per_day");
        read.warn(usd->mark,
                  fmt::format("{} has a budget and no `price`: what it costs is not known", what),
                  "Write `price: {input: …, output: …}` beside its model's name.");
    }
    settings.judge = std::make_shared<const evaluate::Judge>(std::move(judge));
    return settings;
}

}  // namespace

void read_judges(SectionReader& read, const YamlNode& root, Configuration& configuration) {
    if (const YamlNode* judging = root.find("judging")) {
        read.section(*judging, "judging", "`judging`");
        if (const YamlNode* usd = judging->find("usd_per_day")) {
            configuration.judges_usd_per_day = read.number(*usd, "`judging.usd_per_day`");
            if (configuration.judges_usd_per_day && !(*configuration.judges_usd_per_day > 0))
                read.complain(usd->mark, "`judging.usd_per_day` must be above 0");
        }
    }
    const YamlNode* judges = root.find("judges");
    if (!judges) return;
    for (const YamlMember& member : read.group(*judges, "`judges`")) {
        configuration.judges[member.key] = read_judge(read, member);
    }
}

}  // namespace plimsoll::app
