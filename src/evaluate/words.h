/// words.h: the words of a text, made comparable, each with its place.
///
///   "Reports of 1,200 cases"  ──▶  report  of  1200  case
///
/// Lower case, English endings cut ("reporting", "reports" → "report"), separators inside numbers
/// dropped. A Chinese, Japanese or Korean character is a word. Linear in the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::evaluate {

struct Word {
    std::string stem;
    std::size_t begin = 0;  ///< Bytes [begin, end) of the text.
    std::size_t end = 0;
    bool has_digit = false;
    bool capital = false;  ///< Begins with A-Z and is not "I".
};

std::vector<Word> words_of(std::string_view text);

/// "the", "of", "should": words that say little about what a text is about.
bool is_function_word(std::string_view stem);

}  // namespace plimsoll::evaluate
