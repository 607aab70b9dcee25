#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/output_text.h"
#include "evaluate/quote.h"
#include "evaluate/tool_calls/exchanges.h"
#include "evaluate/words.h"

namespace plimsoll::evaluate {

namespace {

using Stems = std::unordered_set<std::string>;

/// Numbers and words that say something: what a use of the text would repeat.
void add_telling(Stems& stems, std::string_view text) {
    for (Word& word : words_of(text)) {
        if (!word.has_digit && (word.stem.size() < 3 || is_function_word(word.stem))) continue;
        stems.insert(std::move(word.stem));
    }
}

/// The values of a JSON text, without its keys; all of any other text.
void add_values(Stems& stems, json::Value value) {
    if (value.is_string()) add_telling(stems, value.as_string());
    if (value.is_number()) add_telling(stems, json::to_text(value));
    for (const json::Value element : value.elements()) add_values(stems, element);
    for (const json::Member member : value.members()) add_values(stems, member.value);
}

void add_content(Stems& stems, std::string_view text) {
    if (const auto document = json::Document::parse(text); document) {
        add_values(stems, document->root());
    } else {
        add_telling(stems, text);
    }
}

class ToolResultsUsed : public Configured {
  public:
    Verdict verdict(const Interaction& interaction) const override {
        const std::vector<Exchange> exchanges = exchanges_of(interaction);
        if (std::ranges::none_of(exchanges, [](const auto& one) { return one.answered; })) {
            return Verdict::unscored(
                interaction.incomplete ? Reason::incomplete : Reason::not_applicable,
                "No tool ran.");
        }
        return on_output(interaction, [&](std::string_view answer) {
            return judge(interaction, exchanges, answer);
        });
    }

  private:
    static Verdict judge(const Interaction& interaction, const std::vector<Exchange>& exchanges,
                         std::string_view answer) {
        Stems known;  // What the model knew without any tool.
        for (const Step& step : interaction.steps) {
            if (step.kind != StepKind::model_call) continue;
            add_telling(known, step.system);
            for (const Message& message : step.input) {
                if (message.role == Role::user || message.role == Role::system) {
                    add_telling(known, message.text());
                }
            }
        }
        std::vector<Stems> news(exchanges.size());  // What each result told that was not known.
        for (std::size_t i = 0; i < exchanges.size(); ++i) {
            add_content(known, exchanges[i].arguments);
            if (exchanges[i].failed) continue;
            add_content(news[i], exchanges[i].result);
            std::erase_if(news[i], [&](const std::string& stem) { return known.contains(stem); });
        }

        Stems uses;  // What the answer says, and what later calls were given.
        add_telling(uses, answer);
        std::size_t telling = 0, used = 0;
        const Exchange* first_unused = nullptr;
        for (std::size_t i = exchanges.size(); i-- > 0;) {
            if (!news[i].empty()) {
                const bool is_used = std::ranges::any_of(
                    news[i], [&](const std::string& stem) { return uses.contains(stem); });
                ++telling;
                used += is_used;
                if (!is_used) first_unused = &exchanges[i];
            }
            add_content(uses, exchanges[i].arguments);
        }
        if (telling == 0) {
            return Verdict::unscored(Reason::not_applicable,
                                     "No result tells anything that was not known before.");
        }
        if (used == telling) return Verdict::pass();
        return {Score::of(static_cast<double>(used) / static_cast<double>(telling)),
                fmt::format("{} of {} tool results appear neither in the answer nor in a later "
                            "call; first of {}: {}",
                            telling - used, telling, quote(first_unused->tool, 40),
                            quote(first_unused->result))};
    }
};

ConfigureResult configure_tool_results_used(json::Value, const Files&) {
    return std::make_unique<ToolResultsUsed>();
}

}  // namespace

const Check tool_results_used{
    .name = "tool_results_used",
    .version = 1,
    .dimension = "tool_calls",
    .says =
        "Every tool result that told something new left a trace in the answer or in a later "
        "tool call: a number, a name or a word of it. The score is the share that did.",
    .takes = {},
    .example = {.params = "{}",
                .interaction = R"({"input":"Where is my order?","output":"It will be there soon.",)"
                               R"("tool_calls":[{"name":"track","arguments":{"order":7},)"
                               R"("result":{"status":"lost","depot":"Leipzig"}}]})",
                .score = 0.0},
    .configure = configure_tool_results_used};

}  // namespace plimsoll::evaluate
