/// prompt_fingerprint.h: names the version of a prompt by its words, where no version was sent.
///
///     You help Ana Ruiz. Today is 24 May 2026.  ─┐
///     You help Bo Li. Today is Monday.          ─┴─▶ "you help # today is #" ──▶ ~5b1f08e4
///
/// What a template is filled with is left out, as far as its form gives it away: dates, times,
/// numbers, ids, addresses, placeholders of the redactor, and names (capitalised words inside a
/// sentence that are no words of instruction). Lines that say the same after that count once, so
/// that a list of five items and one of nine agree. Case, punctuation and spacing do not count.
///
/// What it cannot see: a change of nothing but names and numbers; a template filled with ordinary
/// words or whole texts, which looks like another prompt each time (docs/coverage.md has figures).
/// In a language that capitalises nouns, names are not told apart, and are kept.
///
/// Pure. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "interaction/interaction.h"

namespace plimsoll::interaction {

/// The words that make the version, one line each. For people who ask why two prompts differ.
std::string template_words(std::string_view prompt);

/// "~5b1f08e4" of a system prompt, "~5b1f08e4+0c7a9d12" with tools, "~+0c7a9d12" of tools alone;
/// "" of nothing. Eight hex digits each: among 1,000 versions two are alike with probability 1e-4.
std::string prompt_fingerprint(std::string_view system, const std::vector<ToolDefinition>& tools);

/// Of the tools with their descriptions and schemas, every word of them: 12 hex digits, "" of none.
/// The order of the tools, and of the members of a schema, does not count.
std::string tools_digest(const std::vector<ToolDefinition>& tools);

}  // namespace plimsoll::interaction
