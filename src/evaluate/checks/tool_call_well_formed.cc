#include <algorithm>

#include <fmt/format.h>

#include "evaluate/checks/call_fault.h"
#include "evaluate/checks/checks.h"

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
            auto judged = fault_of(interaction, call, schemas_);
            // One call that cannot be judged leaves the interaction unscored: a share over the rest
            // would count broken arguments, which show without a schema, and miss the good calls.
            if (auto* unscored = std::get_if<Verdict>(&judged)) return std::move(*unscored);
            auto& fault = std::get<std::optional<CallFault>>(judged);
            if (fault && bad++ == 0) first_bad = std::move(fault->explanation);
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
