#include "interaction/signals.h"

#include <algorithm>
#include <array>
#include <string>

namespace plimsoll::interaction {
namespace {

constexpr std::size_t words_read = 1'000;  ///< Of a question: who complains does it early.

constexpr std::array<std::string_view, 15> asks_for_a_person{"speak to a human",
                                                             "talk to a human",
                                                             "speak to a person",
                                                             "talk to a person",
                                                             "real person",
                                                             "human agent",
                                                             "speak to an agent",
                                                             "talk to an agent",
                                                             "live agent",
                                                             "customer service representative",
                                                             "mit einem menschen",
                                                             "echten menschen",
                                                             "mit einem mitarbeiter",
                                                             "con una persona",
                                                             "con un agente"};

constexpr std::array<std::string_view, 17> is_not_content{
    "that's wrong",      "that is wrong",      "you are wrong",       "you're wrong",
    "not what i asked",  "that's not correct", "that is not correct", "not helpful",
    "doesn't answer my", "does not answer my", "useless answer",      "das ist falsch",
    "das stimmt nicht",  "nicht hilfreich",    "eso no es correcto",  "no es lo que",
    "no me sirve"};

constexpr std::array<std::string_view, 5> hands_over{"escalate", "human", "live_agent", "operator",
                                                     "support_agent"};

constexpr std::array<std::string_view, 8> bad_labels{"thumbs_down", "thumbs-down", "thumbs down",
                                                     "bad",         "negative",    "dislike",
                                                     "unhelpful",   "incorrect"};

std::string lower(std::string_view text) {
    std::string made(text.substr(0, words_read));
    for (char& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return made;
}

bool holds_one(std::string_view text, const auto& phrases) {
    return std::ranges::any_of(phrases, [&](std::string_view phrase) {
        return text.find(phrase) != std::string_view::npos;
    });
}

bool is_work(const Step& step) {
    return step.kind == StepKind::model_call || step.kind == StepKind::tool_call;
}

/// A call that failed, and after its end one to the same model or tool by the same caller.
bool was_retried(const std::vector<Step>& steps) {
    constexpr std::size_t failures_looked_at = 100;
    std::size_t looked = 0;
    for (std::size_t i = 0; i < steps.size() && looked < failures_looked_at; ++i) {
        if (!steps[i].failed || !is_work(steps[i])) continue;
        ++looked;
        for (std::size_t j = i + 1; j < steps.size(); ++j)
            if (steps[j].kind == steps[i].kind && steps[j].parent == steps[i].parent &&
                steps[j].start >= steps[i].end && steps[j].tool_name == steps[i].tool_name &&
                steps[j].model_requested == steps[i].model_requested)
                return true;
    }
    return false;
}

bool is_bad_feedback(const OutsideScore& score) {
    if (score.annotator != "human") return false;
    return std::ranges::find(bad_labels, lower(score.label)) != bad_labels.end() ||
           (score.label.empty() && score.value && *score.value <= 0);
}

}  // namespace

Traits signals_of(const Interaction& made) {
    Traits signals;
    signals.set(Trait::error, made.failed || std::ranges::any_of(made.steps, [](const Step& step) {
                                  return step.failed && is_work(step);
                              }));
    signals.set(Trait::retried, was_retried(made.steps));
    const std::string question = lower(made.question);
    signals.set(Trait::escalation, holds_one(question, asks_for_a_person) ||
                                       std::ranges::any_of(made.steps, [](const Step& step) {
                                           return step.kind == StepKind::tool_call &&
                                                  holds_one(lower(step.tool_name), hands_over);
                                       }));
    signals.set(Trait::negative_feedback,
                holds_one(question, is_not_content) ||
                    std::ranges::any_of(made.outside_scores, is_bad_feedback));
    return signals;
}

}  // namespace plimsoll::interaction
