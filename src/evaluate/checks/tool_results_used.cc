#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/output_text.h"
#include "evaluate/quote.h"
#include "evaluate/tool_calls/exchanges.h"
#include "evaluate/unicode/fold.h"
#include "evaluate/word_hashes.h"
#include "evaluate/words.h"

namespace plimsoll::evaluate {

namespace {

using Hashes = std::unordered_set<std::uint64_t>;

/// Calls `each(hash)` for the numbers and words of a text that say something: what a use of it
/// would repeat.
template <class Each>
void for_telling(std::string_view text, Each each) {
    for (const HashedWord& word : hashed_words(text)) {
        const std::string_view said = text.substr(word.begin, word.end - word.begin);
        if (word.is_number || (said.size() >= 3 && !is_function_word(folded(said)))) {
            each(word.hash);
        }
    }
}

/// Of the values of a JSON text, without its keys; of all of any other text.
template <class Each>
void for_values(json::Value value, Each each) {
    if (value.is_string()) for_telling(value.as_string(), each);
    if (value.is_number()) for_telling(json::to_text(value), each);
    for (const json::Value element : value.elements()) for_values(element, each);
    for (const json::Member member : value.members()) for_values(member.value, each);
}

template <class Each>
void for_content(std::string_view text, Each each) {
    if (const auto document = json::Document::parse(text); document) {
        for_values(document->root(), each);
    } else {
        for_telling(text, each);
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
        std::vector<Hashes> news(exchanges.size());  // What each result tells.
        Hashes any;                                  // All of them: only these are looked for.
        for (std::size_t i = 0; i < exchanges.size(); ++i) {
            if (exchanges[i].failed) continue;
            for_content(exchanges[i].result, [&](std::uint64_t word) {
                news[i].insert(word);
                any.insert(word);
            });
        }
        Hashes known;  // What the model knew before: its prompts, and what it had asked for.
        const auto learn = [&](std::uint64_t word) {
            if (any.contains(word)) known.insert(word);
        };
        for (const Step& step : interaction.steps) {
            if (step.kind != StepKind::model_call || any.empty()) continue;
            for_telling(step.system, learn);
            for (const Message& message : step.input) {
                if (message.role != Role::user && message.role != Role::system) continue;
                for_telling(message.text(), learn);
            }
        }
        for (std::size_t i = 0; i < exchanges.size(); ++i) {
            for_content(exchanges[i].arguments, learn);
            std::erase_if(news[i], [&](std::uint64_t word) { return known.contains(word); });
        }

        Hashes uses;  // What the answer says, and what later calls were given.
        const auto use = [&](std::uint64_t word) {
            if (any.contains(word)) uses.insert(word);
        };
        if (!any.empty()) for_telling(answer, use);
        std::size_t telling = 0, used = 0;
        const Exchange* first_unused = nullptr;
        for (std::size_t i = exchanges.size(); i-- > 0;) {
            if (!news[i].empty()) {
                const bool is_used = std::ranges::any_of(
                    news[i], [&](std::uint64_t word) { return uses.contains(word); });
                ++telling;
                used += is_used;
                if (!is_used) first_unused = &exchanges[i];
            }
            for_content(exchanges[i].arguments, use);
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
