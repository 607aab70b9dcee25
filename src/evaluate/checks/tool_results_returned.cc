#include <algorithm>

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/quote.h"
#include "evaluate/tool_calls/exchanges.h"

namespace plimsoll::evaluate {

namespace {

class ToolResultsReturned : public Configured {
  public:
    Verdict verdict(const Interaction& interaction) const override {
        const std::vector<Exchange> exchanges = exchanges_of(interaction);
        std::size_t last_model = 0, asked = 0, returned = 0;
        bool a_prompt_is_missing = false;
        for (std::size_t i = 0; i < interaction.steps.size(); ++i) {
            if (interaction.steps[i].kind != StepKind::model_call) continue;
            if (last_model > 0 || i > 0) a_prompt_is_missing |= interaction.steps[i].input.empty();
            last_model = i;
        }
        const bool tools_have_spans =
            std::ranges::any_of(exchanges, [](const Exchange& one) { return one.ran; });
        const Exchange* lost = nullptr;
        for (const Exchange& one : exchanges) {
            if (!one.asked) continue;
            // What the last answer asks for is run by the client, in another trace.
            if (!one.answered && one.step >= last_model && !tools_have_spans) continue;
            ++asked;
            returned += one.answered;
            if (!one.answered && !lost) lost = &one;
        }
        if (asked == 0) {
            return Verdict::unscored(
                interaction.incomplete ? Reason::incomplete : Reason::not_applicable,
                "No tool call whose result would be seen here.");
        }
        if (!lost) return Verdict::pass();
        if (interaction.incomplete) {
            return Verdict::unscored(Reason::incomplete, "Results may be on their way.");
        }
        if (!tools_have_spans && a_prompt_is_missing) {
            return Verdict::unscored(Reason::missing_content,
                                     "Tools have no spans, and a prompt was not sent.");
        }
        return {Score::of(static_cast<double>(returned) / static_cast<double>(asked)),
                fmt::format("{} of {} tool calls got no result; first {}.", asked - returned, asked,
                            quote(lost->tool, 40))};
    }
};

ConfigureResult configure_tool_results_returned(json::Value, const Files&) {
    return std::make_unique<ToolResultsReturned>();
}

}  // namespace

const Check tool_results_returned{
    .name = "tool_results_returned",
    .version = 1,
    .dimension = "tool_calls",
    .says =
        "Every tool call the model asked for got a result, or an error. The score is the share "
        "that did; what the last answer asks for is not counted where no tool has a span.",
    .takes = {},
    .example = {.params = "{}",
                .interaction =
                    R"({"output":"Done.","tool_calls":[{"name":"find","result":"3 orders"},)"
                    R"({"name":"refund"}]})",
                .score = 0.5},
    .configure = configure_tool_results_returned};

}  // namespace plimsoll::evaluate
