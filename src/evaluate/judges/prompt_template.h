/// prompt_template.h: the message to a judge, with places for the data it judges.
///
///   "The question:\n{{question?}}\nThe answer:\n{{answer}}"
///
/// Read once, filled once: what the data itself says of {{…}} means nothing. A place with ? may
/// stay empty; one without makes the interaction unscored where there is nothing to put there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace plimsoll::evaluate {

/// What can be shown to a judge.
enum class Slot : std::uint8_t {
    question,       ///< The last words of the user.
    conversation,   ///< All messages that the answering call was given.
    system_prompt,  ///< The instructions of the model under judgement.
    documents,      ///< What was retrieved.
    tool_calls,     ///< Tools that ran: name, arguments, result.
    answer,         ///< The words that the user got.
};
inline constexpr std::size_t slot_count = 6;

std::string_view to_word(Slot slot);  ///< As between {{ and }}.

struct TemplatePiece {
    std::string words;  ///< Of the template; "" if this is a place.
    Slot slot = Slot::answer;
    bool may_be_empty = false;
    bool is_place() const { return words.empty(); }
};

/// A template that was read. `text` is how it was written.
struct PromptTemplate {
    std::string text;
    std::vector<TemplatePiece> pieces;
};

struct TemplateFault {
    std::size_t line = 1;  ///< Of the template, from 1.
    std::string what;
};

/// At least one place; what stands in {{…}} must be a Slot's word.
std::variant<PromptTemplate, TemplateFault> read_template(std::string_view text);

/// Question, documents and tool calls where there are any; and the answer.
const PromptTemplate& default_template();

}  // namespace plimsoll::evaluate
