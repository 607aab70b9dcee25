/// language.h: which language a text is written in, as far as letters and small words tell.
///
///   text ──letters──▶ a script ──▶ one language (Greek, Thai, Korean …), or the ones that share it
///                       └──▶ their most frequent small words and letters of their own ──▶ the best
///
/// Lists of words, no statistics and no model: 27 languages. A text of few words, or one in which
/// no language leads clearly, is of no known language. Code fences and inline code are not read,
/// nor what stands behind the first 2,000 bytes. Figures: bench/EVALUATORS.md.
#pragma once

#include <optional>
#include <string_view>

namespace plimsoll::evaluate {

/// ISO 639-1 ("de"); "" if it cannot be told.
std::string_view language_of_text(std::string_view text);

/// Whether the two are told apart here: Danish and Norwegian, or Croatian and Serbian, are not.
bool same_language(std::string_view a, std::string_view b);

/// A language that a text names in English or in its own name ("French", "auf Deutsch"): a question
/// that does may want its answer in it. "" if it names none.
std::string_view named_language(std::string_view text);

/// "German"; "" for a code that is not known here.
std::string_view name_of_language(std::string_view code);

}  // namespace plimsoll::evaluate
