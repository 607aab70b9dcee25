/// fold.h: text made alike, so that phrases are found however they were typed.
///
///     “As an AI,   ──fold──▶  "as an ai,        one character stays one character
///
/// Case (Unicode simple case folding: Ä → ä, Σ and ς → σ, K → k; ß stays ß), kinds of white space,
/// quotation marks and apostrophes no longer differ. Composed and decomposed accents still do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::evaluate {

/// What one character becomes.
std::uint32_t fold(std::uint32_t point);

/// Folds UTF-8 into `folded`, whose old content is lost. Bytes that are not UTF-8 stay as they are.
/// ASCII 4 GB/s, Cyrillic 0.4 GB/s, one core (checks_bench.cc).
void fold(std::string_view text, std::string& folded);
std::string folded(std::string_view text);

/// Where in `text` the byte `folded_offset` of its folding comes from.
std::size_t unfolded_offset(std::string_view text, std::size_t folded_offset);

/// Letters, marks, digits and "_", in scripts that part their words with spaces. A Chinese or Thai
/// character is none, so a phrase may begin or end anywhere in such text.
bool is_word_character(std::uint32_t point);

/// The character at the front or back of `text`; U+FFFD if it is not UTF-8; 0 if text is empty.
std::uint32_t first_character(std::string_view text);
std::uint32_t last_character(std::string_view text);

/// Characters (Unicode scalar values) of UTF-8.
std::size_t count_characters(std::string_view text);
/// Runs of characters that are not white space.
std::size_t count_words(std::string_view text);
/// Space, tab, line breaks, U+00A0, U+1680, U+2000-200A, U+2028, U+2029, U+202F, U+205F, U+3000.
bool is_white_space(std::uint32_t point);
/// Nothing but white space.
bool is_blank(std::string_view text);

}  // namespace plimsoll::evaluate
