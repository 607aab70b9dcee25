#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/quote.h"
#include "evaluate/tool_calls/exchanges.h"

namespace plimsoll::evaluate {

namespace {

class ToolErrors : public Configured {
  public:
    Verdict verdict(const Interaction& interaction) const override {
        std::vector<Exchange> calls = exchanges_of(interaction);
        std::erase_if(calls, [](const Exchange& call) { return !call.answered; });
        if (calls.empty()) {
            return Verdict::unscored(
                interaction.incomplete ? Reason::incomplete : Reason::not_applicable,
                "No tool ran.");
        }
        std::size_t good = 0;
        const Exchange* first_bad = nullptr;
        for (const Exchange& call : calls) {
            good += !call.failed;
            if (call.failed && !first_bad) first_bad = &call;
        }
        if (!first_bad) return Verdict::pass();
        return {Score::of(static_cast<double>(good) / static_cast<double>(calls.size())),
                fmt::format("{} of {} tool calls failed; first {}: {}", calls.size() - good,
                            calls.size(), quote(first_bad->tool, 40), quote(first_bad->error))};
    }
};

ConfigureResult configure_tool_errors(json::Value, const Files&) {
    return std::make_unique<ToolErrors>();
}

}  // namespace

const Check tool_errors{
    .name = "tool_errors",
    .version = 2,
    .dimension = "tool_calls",
    .says =
        "Every tool call that ran, ran without an error, be it told by its span, by its result, or "
        "by how the result's text begins. The score is the share that did.",
    .takes = {},
    .example = {.params = "{}",
                .interaction =
                    R"({"output":"Sorry.","tool_calls":[{"name":"find","result":"3 orders"},)"
                    R"({"name":"refund","result":"timeout","failed":true}]})",
                .score = 0.5},
    .configure = configure_tool_errors};

}  // namespace plimsoll::evaluate
