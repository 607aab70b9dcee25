/// vocabulary.h: one word for each thing, whatever word a sender uses for it.
///
/// Finish reasons, roles and providers have as many spellings as there are libraries. What is known
/// becomes our word; what is not stays as it was sent, so that it shows.
#pragma once

#include <string>
#include <string_view>

#include "interaction/interaction.h"

namespace plimsoll::interaction {

/// "end_turn" → "stop", "MAX_TOKENS" → "length", "tool-calls" → "tool_call", "SAFETY" →
/// "content_filter"; "" for "N/A" and its like; else as sent.
std::string finish_reason_named(std::string_view sent);

/// Role::other for a word that no library is known to use.
Role role_named(std::string_view sent);

/// "Bedrock" → "aws.bedrock", "openai.chat" → "openai", "xai" → "x_ai"; else in lower case.
std::string provider_named(std::string_view sent);

/// A framework that puts its own name where the provider belongs ("strands-agents", "langchain"):
/// not a provider.
bool is_framework(std::string_view provider);

}  // namespace plimsoll::interaction
