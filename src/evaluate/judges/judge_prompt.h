/// judge_prompt.h: an interaction becomes the two messages that a judge is asked with.
///
///   system   our instructions, the rubric, how to reply          nothing of the interaction
///   user     the template, its places filled with data blocks    see data_block.h
///
/// Deterministic: the same judge and interaction give the same bytes on any machine.
#pragma once

#include <string>
#include <variant>

#include "evaluate/judges/judge.h"
#include "evaluate/verdict.h"
#include "interaction/interaction.h"

namespace plimsoll::evaluate {

struct JudgePrompt {
    std::string system;
    std::string user;
    std::string content;  ///< All data shown, as it was sent: what a reply may not merely repeat.
    bool cut = false;     ///< Some of the data was too long and lacks its middle.
};

/// The system message: it depends on the judge alone.
std::string judge_instructions(const Judge& judge);

/// Or the verdict that there is nothing to ask about: no answer, documents without their text.
std::variant<JudgePrompt, Verdict> judge_prompt(const Judge& judge, const Interaction& interaction);

}  // namespace plimsoll::evaluate
