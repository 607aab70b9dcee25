#include <algorithm>

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/checks/support.h"
#include "evaluate/output_text.h"
#include "evaluate/parameters.h"
#include "evaluate/pattern_set.h"
#include "evaluate/quote.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

/// Says that it, or the documents, do not know. On folded text.
constexpr const char* not_knowing_expression =
    R"~(\b(i|we) (do not|don't|cannot|can't|could not|couldn't)( \w+)? )~"
    R"~((know|have|find|answer|determine|provide)\b|)~"
    R"~(\b(i am|i'm|we are|we're) (unable|sorry|not (able|sure|aware))\b|)~"
    R"~(\b(documents?|context|passages?|text|articles?|sources?|information|contents?)\b[^.]{0,40})~"
    R"~(\b(not|no|nor)\b[^.]{0,20}\b(provide|contain|mention|specify|include|say|state|address|)~"
    R"~(available|give|have|discuss|cover)|\bno (information|mention|answer|details?)\b)~";

struct Wanted {
    bool documents = true;
    bool tools = true;
};

/// Texts that the model was given, and whether some were spoken of and not sent.
struct Given {
    std::vector<std::string_view> texts;
    bool text_missing = false;

    void add(std::string_view text) {
        if (text.empty())
            text_missing = true;
        else
            texts.push_back(text);
    }
};

Given given(const Interaction& interaction, Wanted wanted) {
    Given found;
    for (const Step& step : interaction.steps) {
        if (wanted.documents) {
            for (const Document& document : step.documents) found.add(document.text);
        }
        if (!wanted.tools) continue;
        if (step.kind == StepKind::tool_call && !step.failed) found.add(step.tool_result);
        for (const Message& message : step.input) {
            for (const Part& part : message.parts) {
                if (part.kind == PartKind::tool_result && !part.is_error) found.add(part.text);
            }
        }
    }
    return found;
}

constexpr std::size_t not_knowing_bytes_max = 1'000;  ///< A longer sentence says something too.

bool says_it_does_not_know(std::string_view sentence) {
    if (sentence.size() > not_knowing_bytes_max) return false;
    static const PatternSet not_knowing({&not_knowing_expression, 1});
    std::string bytes;
    append_bytewise(bytes, folded(sentence));
    return !not_knowing.ends(bytes).empty();
}

class Grounded : public Configured {
  public:
    Grounded(Wanted wanted, std::optional<double> score_min)
        : wanted_(wanted), score_min_(score_min) {
        says_it_does_not_know("");  // Compiles its expression here and not at the first verdict.
    }

    Verdict verdict(const Interaction& interaction) const override {
        return on_output(interaction, [&](std::string_view output) {
            const Given evidence = given(interaction, wanted_);
            if (evidence.text_missing) {
                return Verdict::unscored(Reason::missing_content,
                                         "The text of a document or tool result was not sent.");
            }
            if (evidence.texts.empty()) {
                return Verdict::unscored(
                    interaction.incomplete ? Reason::incomplete : Reason::not_applicable,
                    "No document or tool result was given to the model.");
            }
            const Support support = support_of(output, evidence.texts);
            if (support.sentences.empty()) {
                return Verdict::unscored(Reason::not_applicable, "The answer has no words.");
            }
            if (std::ranges::all_of(support.sentences, [&](const SentenceSupport& sentence) {
                    return says_it_does_not_know(sentence.sentence.in(output));
                })) {
                return Verdict::unscored(Reason::not_applicable,
                                         "The answer claims nothing: it says what is not known.");
            }
            return tell(output, support);
        });
    }

  private:
    Verdict tell(std::string_view output, const Support& support) const {
        const SentenceSupport& least =
            *std::ranges::min_element(support.sentences, {}, &SentenceSupport::support);
        Verdict verdict{Score::of(support.score)};
        if (score_min_) verdict.outcome = Score::pass_if(support.score >= *score_min_);
        verdict.explanation = fmt::format(
            "{:.0f}% of the answer stands in the evidence; of its sentences the least, "
            "{:.0f}%: {}",
            support.score * 100, least.support * 100, quote(least.sentence.in(output)));
        for (const Mark& mark : support.marks) {
            if (mark.begin == least.sentence.begin && mark.end == least.sentence.end) continue;
            verdict.explanation += fmt::format(
                "; {}: {}", quote(output.substr(mark.begin, mark.end - mark.begin), 30), mark.why);
            break;
        }
        verdict.marks = support.marks;
        return verdict;
    }

    Wanted wanted_;
    std::optional<double> score_min_;
};

ConfigureResult configure_grounded(json::Value params, const Files&) {
    ParameterReader read(params);
    const std::string evidence = read.text("evidence").value_or("all");
    const auto score_min = read.number("score_min", 0);
    if (evidence != "all" && evidence != "documents" && evidence != "tools") {
        read.refuse("evidence", "is `documents`, `tools` or `all`");
    }
    if (score_min && *score_min > 1) read.refuse("score_min", "is at most 1");
    if (read.wrong()) return *read.wrong();
    return std::make_unique<Grounded>(
        Wanted{.documents = evidence != "tools", .tools = evidence != "documents"}, score_min);
}

}  // namespace

const Check grounded{
    .name = "grounded",
    .version = 2,
    .dimension = "faithfulness",
    .says = "What the answer says stands in the retrieved documents and tool results.",
    .takes = {{"evidence", "What counts: documents, tools or all. Default: all.", R"("documents")"},
              {"score_min",
               "With it the score is 1 from this share of support on and 0 below; without it, the "
               "share itself. Above 0, at most 1.",
               "0.6"}},
    .example = {.params = R"({"score_min":0.6})",
                .interaction =
                    R"({"documents":["The library opens at nine and lends books for four weeks."],)"
                    R"("output":"Parking costs 12 euros a day."})",
                .score = 0.0},
    .configure = configure_grounded};

}  // namespace plimsoll::evaluate
