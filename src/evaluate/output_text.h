/// output_text.h: the words a model answered with, or why there are none to judge.
///
/// Every check that reads text asks here, so that all of them give the same reasons:
///   no model call                     → not_applicable
///   the answer is a tool call         → not_applicable
///   content cut on the way            → truncated
///   content that could not be read    → unparsable
///   content not sent                  → missing_content; incomplete, if the trace is
/// An answer that was sent and is empty is "".
#pragma once

#include <string_view>
#include <utility>
#include <variant>

#include "evaluate/verdict.h"
#include "interaction/interaction.h"

namespace plimsoll::evaluate {

/// The step whose output the user got: the last model call with output, else the last agent or
/// workflow with output, else the last model call; nullptr if there is none.
const Step* answering_step(const Interaction& interaction);

/// The text lives as long as the interaction.
std::variant<std::string_view, Verdict> output_text(const Interaction& interaction);

/// `judge(text)` if there is a text, else the reason why not.
template <class Judge>
Verdict on_output(const Interaction& interaction, Judge&& judge) {
    auto text = output_text(interaction);
    if (auto* none = std::get_if<Verdict>(&text)) return std::move(*none);
    return judge(std::get<std::string_view>(text));
}

}  // namespace plimsoll::evaluate
