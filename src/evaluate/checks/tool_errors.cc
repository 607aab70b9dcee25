#include <map>
#include <set>

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/quote.h"

namespace plimsoll::evaluate {

namespace {

struct Executed {
    std::string_view tool;
    bool failed = false;
    std::string_view message;
};

/// Tool calls that ran: their spans; and results handed to the model for calls it made here, since
/// not every library gives a tool a span. Results of earlier turns, which every prompt repeats, ran
/// in earlier interactions.
std::vector<Executed> executed_calls(const Interaction& interaction) {
    std::vector<Executed> calls;
    std::map<std::string_view, std::size_t> by_id;
    std::set<std::string_view> asked_here;
    for (const Step& step : interaction.steps) {
        for (const Message& message : step.output) {
            for (const Part& part : message.parts) {
                if (part.kind == PartKind::tool_call && !part.id.empty())
                    asked_here.insert(part.id);
            }
        }
        if (step.kind != StepKind::tool_call) continue;
        if (!step.tool_call_id.empty()) by_id.emplace(step.tool_call_id, calls.size());
        calls.push_back({step.tool_name.empty() ? step.name : step.tool_name,
                         step.failed || !step.error_type.empty(),
                         step.error_message.empty() ? step.tool_result : step.error_message});
    }
    for (const Step& step : interaction.steps) {
        for (const Message& message : step.input) {
            for (const Part& part : message.parts) {
                if (part.kind != PartKind::tool_result || !asked_here.contains(part.id)) continue;
                const auto [known, fresh] = by_id.emplace(part.id, calls.size());
                if (fresh) calls.push_back({part.name, false, ""});
                Executed& call = calls[known->second];
                if (part.is_error && !call.failed) {
                    call.failed = true;
                    call.message = part.text;
                }
            }
        }
    }
    return calls;
}

class ToolErrors : public Configured {
  public:
    Verdict verdict(const Interaction& interaction) const override {
        const std::vector<Executed> calls = executed_calls(interaction);
        if (calls.empty()) {
            return Verdict::unscored(
                interaction.incomplete ? Reason::incomplete : Reason::not_applicable,
                "No tool ran.");
        }
        std::size_t good = 0;
        const Executed* first_bad = nullptr;
        for (const Executed& call : calls) {
            good += !call.failed;
            if (call.failed && !first_bad) first_bad = &call;
        }
        if (!first_bad) return Verdict::pass();
        return {Score::of(static_cast<double>(good) / static_cast<double>(calls.size())),
                fmt::format("{} of {} tool calls failed; first {}: {}", calls.size() - good,
                            calls.size(), quote(first_bad->tool, 40), quote(first_bad->message))};
    }
};

ConfigureResult configure_tool_errors(json::Value, const Files&) {
    return std::make_unique<ToolErrors>();
}

}  // namespace

const Check tool_errors{
    .name = "tool_errors",
    .version = 1,
    .dimension = "tool_calls",
    .says = "Every tool call that ran, ran without an error. The score is the share that did.",
    .takes = {},
    .example = {.params = "{}",
                .interaction =
                    R"({"output":"Sorry.","tool_calls":[{"name":"find","result":"3 orders"},)"
                    R"({"name":"refund","result":"timeout","failed":true}]})",
                .score = 0.5},
    .configure = configure_tool_errors};

}  // namespace plimsoll::evaluate
