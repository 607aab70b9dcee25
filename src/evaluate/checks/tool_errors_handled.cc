#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/output_text.h"
#include "evaluate/parameters.h"
#include "evaluate/phrases.h"
#include "evaluate/quote.h"
#include "evaluate/tool_calls/exchanges.h"

namespace plimsoll::evaluate {

namespace {

/// What an answer says when something did not work. English.
const std::vector<std::string> words_of_failure = {
    "error",        "errors",         "failed",     "failure",       "fails",       "unable",
    "could not",    "couldn't",       "cannot",     "can't",         "can not",     "unfortunately",
    "sorry",        "apologize",      "apologies",  "not available", "unavailable", "problem",
    "issue",        "try again",      "timed out",  "timeout",       "not found",   "did not find",
    "didn't find",  "does not exist", "not exist",  "doesn't exist", "invalid",     "not valid",
    "wasn't able",  "was not able",   "not able",   "not possible",  "not allowed", "denied",
    "insufficient", "no longer",      "not enough", "did not work",  "didn't work", "unsuccessful",
};

class ToolErrorsHandled : public Configured {
  public:
    explicit ToolErrorsHandled(PhraseSet phrases) : phrases_(std::move(phrases)) {}

    Verdict verdict(const Interaction& interaction) const override {
        const std::vector<Exchange> exchanges = exchanges_of(interaction);
        std::size_t failed = 0, handled = 0;
        const Exchange* first_left = nullptr;
        for (std::size_t i = 0; i < exchanges.size(); ++i) {
            if (!exchanges[i].failed) continue;
            ++failed;
            if (later_success(exchanges, i)) {
                ++handled;
            } else if (!first_left) {
                first_left = &exchanges[i];
            }
        }
        if (failed == 0) {
            return Verdict::unscored(
                interaction.incomplete ? Reason::incomplete : Reason::not_applicable,
                "No tool call failed.");
        }
        if (handled == failed) return Verdict::pass();
        if (interaction.incomplete) {
            return Verdict::unscored(Reason::incomplete, "The answer may be on its way.");
        }
        return on_output(interaction, [&](std::string_view answer) {
            if (phrases_.find(answer)) return Verdict::pass();  // It says so.
            return Verdict{
                Score::of(static_cast<double>(handled) / static_cast<double>(failed)),
                fmt::format("{} of {} failed tool calls were neither done again with success nor "
                            "told of; first {}: {}",
                            failed - handled, failed, quote(first_left->tool, 40),
                            quote(first_left->error))};
        });
    }

  private:
    /// The same tool, called again, worked.
    static bool later_success(const std::vector<Exchange>& exchanges, std::size_t failed) {
        for (std::size_t i = failed + 1; i < exchanges.size(); ++i) {
            const Exchange& later = exchanges[i];
            if (later.tool == exchanges[failed].tool && later.answered && !later.failed) {
                return true;
            }
        }
        return false;
    }

    PhraseSet phrases_;
};

ConfigureResult configure_tool_errors_handled(json::Value params, const Files&) {
    ParameterReader read(params);
    std::vector<std::string> phrases = words_of_failure;
    const auto more = read.texts("phrases");
    if (read.wrong()) return *read.wrong();
    phrases.insert(phrases.end(), more.begin(), more.end());
    return std::make_unique<ToolErrorsHandled>(PhraseSet(std::move(phrases), {}));
}

}  // namespace

const Check tool_errors_handled{
    .name = "tool_errors_handled",
    .version = 1,
    .dimension = "tool_calls",
    .says =
        "After a tool call failed the same tool was called again with success, or the answer says "
        "that something did not work. The score is the share of failed calls that were handled.",
    .takes = {{"phrases",
               "More words by which an answer tells of a failure, beside some forty English ones. "
               "Case is ignored.",
               R"(["leider"])"}},
    .example = {.params = "{}",
                .interaction =
                    R"({"output":"Your refund is on its way!","tool_calls":[{"name":"refund",)"
                    R"("result":"timeout","failed":true}]})",
                .score = 0.0},
    .configure = configure_tool_errors_handled};

}  // namespace plimsoll::evaluate
