#include <algorithm>

#include "evaluate/checks/checks.h"
#include "evaluate/checks/json_output.h"
#include "evaluate/output_text.h"

namespace plimsoll::evaluate {

namespace {

bool says_length(const Step& step) {
    return std::find(step.finish_reasons.begin(), step.finish_reasons.end(), "length") !=
               step.finish_reasons.end() ||
           std::any_of(step.output.begin(), step.output.end(),
                       [](const Message& message) { return message.finish_reason == "length"; });
}

bool says_why_it_ended(const Step& step) {
    return !step.finish_reasons.empty() ||
           std::any_of(step.output.begin(), step.output.end(),
                       [](const Message& message) { return !message.finish_reason.empty(); });
}

class TruncatedOutput : public Configured {
  public:
    Verdict verdict(const Interaction& interaction) const override {
        const Step* step = nullptr;  // The last model call: where an answer is cut.
        for (const Step& candidate : interaction.steps) {
            if (candidate.kind == StepKind::model_call) step = &candidate;
        }
        if (!step) return Verdict::unscored(Reason::not_applicable, "No model was called.");
        if (says_length(*step)) {
            return Verdict::fail("The model stopped because it reached its limit of tokens.");
        }
        // JSON that is still open was cut, whatever the reason sent; unless it was cut on its way.
        if (step->content == ContentStatus::full && step->output_type.starts_with("json") &&
            ends_inside_json(interaction.answer)) {
            return Verdict::fail("The JSON is still open where the output ends.");
        }
        if (says_why_it_ended(*step)) return Verdict::pass();
        return Verdict::unscored(Reason::missing_content, "No finish reason was sent.");
    }
};

ConfigureResult configure_truncated_output(json::Value, const Files&) {
    return std::make_unique<TruncatedOutput>();
}

}  // namespace

const Check truncated_output{
    .name = "truncated_output",
    .version = 1,
    .dimension = "format",
    .says =
        "The last model call ended by itself: its finish reason is not the token limit, and where "
        "JSON was asked for, no bracket is left open.",
    .takes = {},
    .example = {.params = "{}",
                .interaction = R"({"output":"and then the","finish_reason":"length"})",
                .score = 0.0},
    .configure = configure_truncated_output};

}  // namespace plimsoll::evaluate
