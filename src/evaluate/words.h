/// words.h: the words of a text as comparable numbers, each with its place.
///
///   "Reports of 1,200 cases"  ──▶  h(report)  h(of)  h(1200)  h(case)
///
/// A number is the hash of the stem: lower case, English endings cut ("reporting", "reports" →
/// "report"), separators inside numbers dropped. A Chinese, Japanese or Korean character is a word.
/// Linear in the text: 9 KB of English take some 10 µs (checks_bench.cc).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace plimsoll::evaluate {

struct Word {
    std::uint64_t stem = 0;   ///< Equal stems, equal numbers.
    std::uint32_t begin = 0;  ///< Bytes [begin, end) of the text.
    std::uint32_t end = 0;
    bool has_digit = false;
    bool capital = false;  ///< Begins with A-Z and is not "I".
};

/// Of the first 4 GiB.
std::vector<Word> words_of(std::string_view text);

/// The number that words_of() gives a word with this stem.
std::uint64_t hash_of_stem(std::string_view stem);

/// "the", "of", "should": words that say little about what a text is about.
bool is_function_word(std::string_view stem);

}  // namespace plimsoll::evaluate
