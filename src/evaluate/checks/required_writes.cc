#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/parameters.h"
#include "evaluate/quote.h"
#include "evaluate/tool_calls/exchanges.h"
#include "evaluate/tool_calls/span_expectation.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::string_view standard_attribute = "plimsoll.expected.writes";

struct Write {
    std::string_view tool;
    json::Value arguments;
};

std::string shown(const Write& write) {
    return fmt::format("{} with {}", quote(write.tool, 40), quote(json::to_text(write.arguments)));
}

class RequiredWrites : public Configured {
  public:
    RequiredWrites(std::vector<std::string> tools, std::string attribute)
        : tools_(std::move(tools)), attribute_(std::move(attribute)) {}

    Verdict verdict(const Interaction& interaction) const override {
        for (const Step& step : interaction.steps) {
            if (const auto text = expectation_of(step, attribute_))
                return judge(interaction, *text);
        }
        return Verdict::unscored(Reason::not_applicable,
                                 fmt::format("No span says {}.", attribute_));
    }

  private:
    bool writes(std::string_view tool) const {
        return std::ranges::find(tools_, tool) != tools_.end();
    }

    Verdict judge(const Interaction& interaction, const std::string& text) const {
        const auto expected = json::Document::parse(text);
        if (!expected || !expected->root().is_array()) {
            return Verdict::unscored(Reason::unparsable,
                                     fmt::format("{} is no JSON list of calls.", attribute_));
        }
        std::vector<Write> due;
        for (const json::Value call : expected->root().elements()) {
            const auto name = call.find("name");
            if (!name || !name->is_string()) {
                return Verdict::unscored(Reason::unparsable,
                                         fmt::format("{}: a call without a name.", attribute_));
            }
            if (!writes(name->as_string())) continue;
            due.push_back({name->as_string(), call.find("arguments").value_or(json::Value())});
        }
        std::vector<json::Document> documents;
        std::vector<Write> beyond;
        for (const Exchange& one : exchanges_of(interaction)) {
            if (!writes(one.tool) || one.failed || !one.answered) continue;
            auto arguments = json::Document::parse(one.arguments);
            if (!arguments) {
                return Verdict::unscored(
                    Reason::missing_content,
                    fmt::format("The arguments of {} were not sent.", quote(one.tool, 40)));
            }
            documents.push_back(std::move(*arguments));
            const Write made{one.tool, documents.back().root()};
            const auto met = std::ranges::find_if(due, [&](const Write& write) {
                return write.tool == made.tool && json::equal(write.arguments, made.arguments);
            });
            if (met == due.end()) {
                beyond.push_back(made);
            } else {
                due.erase(met);
            }
        }
        // What is beyond stays beyond; what is missing may still come.
        if (beyond.empty() && interaction.incomplete) {
            return Verdict::unscored(Reason::incomplete, "More calls may be on their way.");
        }
        if (beyond.empty() && due.empty()) return Verdict::pass();
        std::string why;
        if (!due.empty()) why = fmt::format("Not done: {}. ", shown(due.front()));
        if (!beyond.empty()) why += fmt::format("Not asked for: {}. ", shown(beyond.front()));
        why.pop_back();
        return Verdict::fail(std::move(why));
    }

    std::vector<std::string> tools_;
    std::string attribute_;
};

ConfigureResult configure_required_writes(json::Value params, const Files&) {
    ParameterReader read(params);
    auto tools = read.texts("tools");
    auto attribute = read.text("attribute").value_or(std::string(standard_attribute));
    if (read.wrong()) return *read.wrong();
    return std::make_unique<RequiredWrites>(std::move(tools), std::move(attribute));
}

}  // namespace

const Check required_writes{
    .name = "required_writes",
    .version = 1,
    .dimension = "outcome",
    .says =
        "What the agent changed in the world is what the task requires: each required write was "
        "made with success once, with these arguments, and no other was.",
    .takes = {{"tools", "The tools that change something; calls of others are not compared.",
               R"(["refund","cancel_order"])", true},
              {"attribute",
               "The span attribute that holds the required calls, JSON: [{\"name\", "
               "\"arguments\"}]. Default: plimsoll.expected.writes.",
               R"("plimsoll.expected.writes")"}},
    .example = {.params = R"({"tools":["refund"]})",
                .interaction =
                    R"({"output":"Done.","tool_calls":[{"name":"refund","arguments":{"order":8},)"
                    R"("result":"ok"}],"attributes":{"plimsoll.expected.writes":)"
                    R"([{"name":"refund","arguments":{"order":7}}]}})",
                .score = 0.0},
    .configure = configure_required_writes};

}  // namespace plimsoll::evaluate
