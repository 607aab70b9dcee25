#include "evaluate/words.h"

#include <algorithm>
#include <cctype>
#include <unordered_set>

#include "base/utf8.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_ascii_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Endings longest first; four letters must stay.
void cut_ending(std::string& word) {
    if (word.ends_with("'s")) word.resize(word.size() - 2);
    constexpr std::string_view endings[] = {"ization", "ations", "ation", "ings", "edly", "ing",
                                            "ies",     "ed",     "es",    "ly",   "s",    "e"};
    for (const std::string_view ending : endings) {
        if (!word.ends_with(ending) || word.size() < ending.size() + 4) continue;
        word.resize(word.size() - ending.size());
        if (ending == "ies") word += 'i';
        return;
    }
}

Word word_at(std::string_view text, std::size_t begin, std::size_t end) {
    Word word{.begin = begin, .end = end};
    const std::string_view sent = text.substr(begin, end - begin);
    word.has_digit = std::any_of(sent.begin(), sent.end(), is_digit);
    word.capital = sent[0] >= 'A' && sent[0] <= 'Z' && sent != "I" && !sent.starts_with("I'") &&
                   !sent.starts_with("I’");
    word.stem = folded(sent);
    if (word.has_digit) std::erase(word.stem, ',');
    cut_ending(word.stem);
    return word;
}

/// Bytes of one more character of a word at `at`; 0 if the word ends there.
std::size_t continues(std::string_view text, std::size_t at) {
    const char c = text[at];
    if (is_ascii_word(c)) return 1;
    const bool before_digit = at + 1 < text.size() && is_digit(text[at + 1]);
    if ((c == '.' || c == ',') && at > 0 && is_digit(text[at - 1]) && before_digit) return 1;
    if (static_cast<unsigned char>(c) < 0x80) {
        return c == '\'' && at > 0 && at + 1 < text.size() && is_ascii_word(text[at + 1]) ? 1 : 0;
    }
    if (text.substr(at).starts_with("’")) return at > 0 && is_ascii_word(text[at - 1]) ? 3 : 0;
    const std::size_t length = utf8_length(text.substr(at));
    return length > 0 && is_word_character(first_character(text.substr(at))) ? length : 0;
}

/// Bytes of a character that is a word by itself, in scripts without spaces; else 0.
std::size_t lone_character(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0xE3 || lead > 0xE9) return 0;
    const std::size_t length = utf8_length(text.substr(at));
    return length == 3 && first_character(text.substr(at)) >= 0x3040 ? length : 0;
}

}  // namespace

std::vector<Word> words_of(std::string_view text) {
    std::vector<Word> words;
    words.reserve(text.size() / 5);
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t lone = lone_character(text, at)) {
            words.push_back(word_at(text, at, at + lone));
            at += lone;
            continue;
        }
        std::size_t end = at;
        while (end < text.size()) {
            const std::size_t more = lone_character(text, end) ? 0 : continues(text, end);
            if (more == 0) break;
            end += more;
        }
        if (end > at) words.push_back(word_at(text, at, end));
        at = std::max(end, at + 1);
    }
    return words;
}

bool is_function_word(std::string_view stem) {
    static const std::unordered_set<std::string_view> words = {
        "a",   "an",    "the",   "to",     "of",    "in",  "on",   "for",  "and", "or",   "is",
        "are", "was",   "were",  "do",     "does",  "did", "how",  "what", "why", "when", "where",
        "who", "which", "i",     "me",     "you",   "my",  "your", "it",   "its", "this", "that",
        "be",  "can",   "could", "should", "would", "not", "with", "from", "at",  "by",   "as"};
    return words.contains(stem);
}

}  // namespace plimsoll::evaluate
