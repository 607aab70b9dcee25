/// faulty.h: what a model says when it goes wrong, and what it adds when it is told to talk.
#pragma once

#include <string>
#include <string_view>

#include "app/demo/chance.h"

namespace plimsoll::app::demo {

/// Arguments that the tool's schema refuses: a bare number, a word outside the enumeration, a
/// member too many, or JSON that breaks off.
std::string wrong_arguments(std::string_view tool, std::string_view arguments, Chance& chance);

/// JSON that the triage schema refuses. From the small model's new build on it is mostly right JSON
/// inside a code fence.
std::string invalid_json(std::string_view json, double position, Chance& chance);

/// The first `share` of the text, cut between two characters.
std::string cut(std::string_view text, double share);

/// A sentence from the list of phrases that demo/plimsoll.yaml bans, with a space behind it.
std::string_view banned_phrase(std::string_view language, Chance& chance);

/// What is said when a tool failed.
std::string_view apology(std::string_view language);

/// What p3 makes a model add: true, and not asked for.
std::string elaboration(std::string_view language, Chance& chance);

}  // namespace plimsoll::app::demo
