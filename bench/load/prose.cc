#include "load/prose.h"

#include <algorithm>

namespace plimsoll::load {
namespace {

constexpr std::size_t vocabulary = 8'000;

/// How often a word is followed by one of its few usual followers. 0.45 brings fat chat bodies to
/// the ratio of zstd level 1 that real ones have, about 3 (corpus_test.cc).
constexpr double habit = .45;

std::string make_word(Dice& dice) {
    static constexpr std::string_view onset[] = {"b",  "c", "d", "f",  "g", "h",  "l",
                                                 "m",  "n", "p", "r",  "s", "st", "tr",
                                                 "th", "v", "w", "pl", "",  ""};
    static constexpr std::string_view vowel[] = {"a",  "e",  "i",  "o", "u",
                                                 "ea", "ou", "ai", "e", "o"};
    static constexpr std::string_view coda[] = {"", "n", "r", "s", "t", "l", "nd", "rt", "ck", "m"};
    std::string word;
    const std::size_t syllables = 1 + dice.below(3);
    for (std::size_t i = 0; i < syllables; ++i) {
        word += onset[dice.below(std::size(onset))];
        word += vowel[dice.below(std::size(vowel))];
        if (i + 1 == syllables || dice.uniform() < .4) word += coda[dice.below(std::size(coda))];
    }
    return word;
}

}  // namespace

Prose::Prose(std::uint64_t seed) : dice_(seed) {
    double sum = 0;
    for (std::size_t rank = 0; rank < vocabulary; ++rank) {
        words_.push_back(make_word(dice_));
        reach_.push_back(sum += 1 / (static_cast<double>(rank) + 2.7));
    }
    // Frequent words are short, as everywhere.
    std::stable_sort(words_.begin(), words_.begin() + vocabulary / 4,
                     [](const auto& a, const auto& b) { return a.size() < b.size(); });
    for (double& reach : reach_) reach /= sum;
}

std::size_t Prose::next_word(std::size_t before) {
    if (dice_.uniform() < habit) return spread(before * 4 + dice_.below(4)) % (vocabulary / 8);
    return static_cast<std::size_t>(std::ranges::lower_bound(reach_, dice_.uniform()) -
                                    reach_.begin());
}

std::string Prose::text(std::size_t bytes) {
    std::string text;
    text.reserve(bytes + 32);
    std::size_t word = 0;
    std::size_t left = 0;
    while (text.size() < bytes) {
        const bool first = left == 0;
        if (first) {
            if (!text.empty()) text += dice_.uniform() < .15 ? ".\n\n" : ". ";
            left = 5 + dice_.below(18);
        } else {
            text += dice_.uniform() < .07 ? ", " : " ";
        }
        word = next_word(word);
        const std::size_t at = text.size();
        text += dice_.uniform() < .02 ? std::to_string(dice_.below(10'000)) : words_[word];
        if (first && text[at] >= 'a' && text[at] <= 'z') text[at] -= 'a' - 'A';
        --left;
    }
    return text;
}

}  // namespace plimsoll::load
