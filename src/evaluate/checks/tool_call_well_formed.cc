#include <algorithm>

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/checks/tool_schemas.h"
#include "evaluate/quote.h"
#include "evaluate/tool_calls/asked_calls.h"

namespace plimsoll::evaluate {

namespace {

class ToolCallWellFormed : public Configured {
  public:
    Verdict verdict(const Interaction& interaction) const override {
        const std::vector<AskedCall> calls = asked_calls(interaction);
        if (calls.empty()) return no_calls(interaction);
        std::size_t bad = 0;
        std::string first_bad;
        for (const AskedCall& call : calls) {
            const Verdict judged = judge(interaction, call);
            // One call that cannot be judged leaves the interaction unscored: a share over the rest
            // would count broken arguments, which show without a schema, and miss the good calls.
            if (judged.unscored()) return judged;
            if (judged.score()->value() == 1.0) continue;
            if (bad++ == 0) first_bad = judged.explanation;
        }
        if (bad == 0) return Verdict::pass();
        const double good = static_cast<double>(calls.size() - bad);
        return {Score::of(good / static_cast<double>(calls.size())),
                calls.size() == 1
                    ? first_bad
                    : fmt::format("{} of {} tool calls; first {}", bad, calls.size(), first_bad)};
    }

  private:
    static Verdict no_calls(const Interaction& interaction) {
        if (interaction.incomplete) {
            return Verdict::unscored(Reason::incomplete, "No tool call among the spans that came.");
        }
        const bool ran =
            std::any_of(interaction.steps.begin(), interaction.steps.end(),
                        [](const Step& step) { return step.kind == StepKind::tool_call; });
        return ran ? Verdict::unscored(
                         Reason::missing_content,
                         "Tools ran, but the output that asked for them was not sent.")
                   : Verdict::unscored(Reason::not_applicable, "No tool was called.");
    }

    Verdict judge(const Interaction& interaction, const AskedCall& call) const {
        const Part& part = *call.part;
        if (call.step->content == ContentStatus::truncated) {
            return Verdict::unscored(Reason::truncated, "The call was cut before it reached us.");
        }
        const auto* tools = offered_tools(interaction, *call.step);
        if (!tools) {
            return Verdict::unscored(Reason::missing_content, "The tools offered were not sent.");
        }
        const auto tool =
            std::find_if(tools->begin(), tools->end(),
                         [&](const ToolDefinition& one) { return one.name == part.name; });
        if (tool == tools->end()) {
            return Verdict::fail(fmt::format("{} is none of the {} tools offered.",
                                             quote(part.name, 40), tools->size()));
        }
        const auto arguments = json::Document::parse(part.json.empty() ? "{}" : part.json);
        if (!arguments) {
            return Verdict::fail(fmt::format("The arguments of {} are not JSON: {}: {}",
                                             quote(part.name, 40), arguments.error().what,
                                             quote(part.json)));
        }
        if (!arguments->root().is_object()) {
            return Verdict::fail(fmt::format("The arguments of {} are no object: {}",
                                             quote(part.name, 40), quote(part.json)));
        }
        return tool->parameters_json.empty() ? Verdict::pass()
                                             : against_schema(*tool, arguments->root());
    }

    Verdict against_schema(const ToolDefinition& tool, json::Value arguments) const {
        const auto schema = schemas_.compiled(tool.parameters_json);
        if (!schema->ok()) {
            return Verdict::unscored(Reason::unparsable,
                                     fmt::format("The schema of {} cannot be used: {}",
                                                 quote(tool.name, 40), schema->error().what));
        }
        const Finding finding = (*schema)->examine(arguments);
        if (const auto* violation = std::get_if<Violation>(&finding)) {
            return Verdict::fail(fmt::format("{}: {}", quote(tool.name, 40), violation->text()));
        }
        if (const auto* complex = std::get_if<TooComplex>(&finding)) {
            return Verdict::unscored(Reason::too_large, complex->why);
        }
        return Verdict::pass();
    }

    ToolSchemas schemas_;
};

ConfigureResult configure_tool_call_well_formed(json::Value, const Files&) {
    return std::make_unique<ToolCallWellFormed>();
}

}  // namespace

const Check tool_call_well_formed{
    .name = "tool_call_well_formed",
    .version = 1,
    .dimension = "tool_calls",
    .says =
        "Every tool call of the model names a tool that was offered, and its arguments are JSON "
        "that "
        "satisfies the tool's schema. The score is the share of calls that do.",
    .takes = {},
    .example = {.params = "{}",
                .interaction = R"({"tools":[{"name":"find","parameters":{"required":["id"]}}],)"
                               R"("tool_calls":[{"name":"find","arguments":{"id":7}},)"
                               R"({"name":"find","arguments":{}}]})",
                .score = 0.5},
    .configure = configure_tool_call_well_formed};

}  // namespace plimsoll::evaluate
