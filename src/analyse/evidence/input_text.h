/// input_text.h: the question of an interaction as a candidate is asked it, and its answer put in
/// the place of the recorded one.
#pragma once

#include <string>

#include "interaction/interaction.h"

namespace plimsoll::analyse {

/// {"id","question","system","messages":[{"role","content"}],"documents":[{"id","text"}],
///  "tools":["name"]}, one line: what the answering model call was given.
std::string input_text(const Interaction& interaction);

/// The interaction, had the model answered with these words and called no tool.
Interaction with_answer(const Interaction& interaction, std::string answer);

}  // namespace plimsoll::analyse
