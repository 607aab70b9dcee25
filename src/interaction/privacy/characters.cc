#include "interaction/privacy/characters.h"

#include <algorithm>

namespace plimsoll::interaction::privacy {

bool announced(std::string_view text, std::size_t at, std::span<const std::string_view> words,
               std::size_t reach) {
    const std::size_t begin = at > reach ? at - reach : 0;
    for (std::size_t i = begin; i < at; ++i) {
        // "tel" is not announced by "hotel".
        if (static_cast<unsigned char>(text[i]) <= ' ' || !begins_word(text, i)) continue;
        for (const std::string_view word : words) {
            if (lower(text[i]) != word[0] || at - i < word.size()) continue;
            if (std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(i),
                           [](char a, char b) { return a == lower(b); })) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace plimsoll::interaction::privacy
