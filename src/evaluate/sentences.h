/// sentences.h: where the sentences of a text stand.
///
/// A sentence ends at . ! ? (or their full-width kin) before white space, at a line break, or where
/// the text does. Not at an abbreviation ("e.g. "), an initial ("J. Smith") or the number of a list
/// ("1. Open"): the mark of a list item belongs to no sentence. Time is linear.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace plimsoll::evaluate {

struct Sentence {
    std::size_t begin = 0;  ///< Bytes [begin, end) of the text, without white space around.
    std::size_t end = 0;
    bool item = false;  ///< An item of a list: "- …", "1. …".

    std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
};

std::vector<Sentence> sentences_of(std::string_view text);
/// Reads on to the end of its line only. The whole text if there is none.
Sentence first_sentence(std::string_view text);

}  // namespace plimsoll::evaluate
