#include <algorithm>

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/parameters.h"
#include "evaluate/quote.h"
#include "evaluate/tool_calls/asked_calls.h"
#include "evaluate/tool_calls/expected_calls.h"
#include "evaluate/tool_calls/span_expectation.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::string_view standard_attribute = "plimsoll.expected.tool_calls";

struct Rule {
    std::string attribute;
    ComparisonRules comparison;
};

class ExpectedToolCalls : public Configured {
  public:
    explicit ExpectedToolCalls(Rule rule) : rule_(std::move(rule)) {}

    Verdict verdict(const Interaction& interaction) const override {
        std::size_t expectations = 0, met = 0;
        std::string first_wrong;
        for (const Step& step : interaction.steps) {
            const auto text = expectation_of(step, rule_.attribute);
            if (!text) continue;
            const auto expected = ExpectedCalls::parse(*text);
            if (!expected) {
                return Verdict::unscored(Reason::unparsable, fmt::format("{}: {}", rule_.attribute,
                                                                         expected.error().what));
            }
            // On the model's own span it is about that answer; on any other about all of them.
            const Step* only = step.kind == StepKind::model_call ? &step : nullptr;
            const Verdict judged = judge(interaction, only, *expected);
            if (judged.unscored()) return judged;
            ++expectations;
            met += judged.score()->value() == 1.0;
            if (first_wrong.empty()) first_wrong = judged.explanation;
        }
        if (expectations == 0) {
            return Verdict::unscored(Reason::not_applicable,
                                     fmt::format("No span says {}.", rule_.attribute));
        }
        if (met == expectations) return Verdict::pass();
        return {Score::of(static_cast<double>(met) / static_cast<double>(expectations)),
                first_wrong};
    }

  private:
    /// `only`: judge what this model call asked for; nullptr: what all of them did.
    Verdict judge(const Interaction& interaction, const Step* only,
                  const ExpectedCalls& expected) const {
        if (!only && interaction.incomplete) {
            return Verdict::unscored(Reason::incomplete, "More calls may be on their way.");
        }
        for (const Step& step : interaction.steps) {
            if (step.kind != StepKind::model_call || (only && only != &step)) continue;
            if (step.content == ContentStatus::truncated) {
                return Verdict::unscored(Reason::truncated, "An answer was cut on its way.");
            }
            if (step.content != ContentStatus::full && !step.failed) {
                return Verdict::unscored(Reason::missing_content,
                                         "What the model asked for was not sent.");
            }
        }
        std::vector<json::Document> documents;  // Own what calls and tools point into.
        const auto parsed = [&](const std::string& text) {
            auto document = json::Document::parse(text);
            if (!document) return json::Value();
            documents.push_back(std::move(*document));
            return documents.back().root();
        };
        std::vector<MadeCall> made;
        const Step* asking = only;
        for (const AskedCall& call : asked_calls(interaction)) {
            if (only && call.step != only) continue;
            if (!asking) asking = call.step;
            const std::string& arguments = call.part->json;
            made.push_back({call.part->name, parsed(arguments.empty() ? "{}" : arguments)});
        }
        std::vector<OfferedTool> offered;
        if (const auto* tools = asking ? offered_tools(interaction, *asking) : nullptr) {
            for (const ToolDefinition& tool : *tools) {
                offered.push_back({tool.name, parsed(tool.parameters_json)});
            }
        }
        const auto wrong = expected.mismatch(made, offered, rule_.comparison);
        if (!wrong) return Verdict::pass();
        return Verdict::fail(fmt::format("{} ({})", wrong->why, to_word(wrong->family)));
    }

    Rule rule_;
};

ConfigureResult configure_expected_tool_calls(json::Value params, const Files&) {
    ParameterReader read(params);
    Rule rule;
    rule.attribute = read.text("attribute").value_or(std::string(standard_attribute));
    const auto language = language_of(read.text("language").value_or("python"));
    if (!language) read.refuse("language", "is `python`, `java` or `javascript`");
    rule.comparison.dots_as_underscores = read.flag("dots_as_underscores", false);
    if (read.wrong()) return *read.wrong();
    rule.comparison.language = *language;
    return std::make_unique<ExpectedToolCalls>(std::move(rule));
}

}  // namespace

const Check expected_tool_calls{
    .name = "expected_tool_calls",
    .version = 1,
    .dimension = "tool_calls",
    .says =
        "The model called the tools that were expected, with accepted arguments, by the rules of "
        "the Berkeley Function-Calling Leaderboard. Where spans say several times what is "
        "expected, the score is the share that was met.",
    .takes =
        {{"attribute",
          "The span attribute that holds the expected calls, JSON: [{\"name\", \"arguments\"}], or "
          "[{name: {parameter: [accepted values]}}] where \"\" among the values lets it be left "
          "out, [] where no tool fits, \"any\" where some does. On a model call it is about its "
          "calls, on another span about all. Default: plimsoll.expected.tool_calls.",
          R"("plimsoll.expected.tool_calls")"},
         {"language",
          "Whose types the tools declare: python (and JSON Schema), java or javascript, whose "
          "arguments are source text. Default: python.",
          R"("java")"},
         {"dots_as_underscores",
          "An expected a.b is called as a_b, since the model's interface allows no dots. Default: "
          "false.",
          "true"}},
    .example =
        {.params = "{}",
         .interaction =
             R"({"tools":[{"name":"find","parameters":{"properties":{"id":{"type":"integer"}}}}],)"
             R"("tool_calls":[{"name":"find","arguments":{"id":8}}],"attributes":)"
             R"({"plimsoll.expected.tool_calls":[{"name":"find","arguments":{"id":7}}]}})",
         .score = 0.0},
    .configure = configure_expected_tool_calls};

}  // namespace plimsoll::evaluate
