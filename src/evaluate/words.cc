#include "evaluate/words.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "base/utf8.h"
#include "evaluate/hash_bytes.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

/// What a byte is to a word: no part of it, or a part, or one that its neighbours decide on.
enum : std::uint8_t { apart = 0, letter = 1, digit = 2, mark = 4, other_script = 8 };
constexpr std::array<std::uint8_t, 256> kinds = [] {
    std::array<std::uint8_t, 256> table{};
    for (int c = 'a'; c <= 'z'; ++c) table[c] = table[c - 'a' + 'A'] = letter;
    for (int c = '0'; c <= '9'; ++c) table[c] = digit;
    for (int c = 0x80; c < 256; ++c) table[c] = other_script;
    for (const char c : {'.', ',', '\''}) table[static_cast<std::uint8_t>(c)] = mark;
    return table;
}();

std::uint8_t kind_of(char c) {
    return kinds[static_cast<std::uint8_t>(c)];
}
bool is_digit(char c) {
    return kind_of(c) == digit;
}
bool is_ascii_word(char c) {
    return (kind_of(c) & (letter | digit)) != 0;
}

/// Bytes of the stem of a word in small letters. Endings longest first; four letters must stay.
std::size_t stem_size(std::string_view word) {
    if (word.ends_with("'s")) word.remove_suffix(2);
    const auto cut = [&](std::string_view ending) {
        return word.size() >= ending.size() + 4 && word.ends_with(ending) ? ending.size() : 0;
    };
    std::size_t ending = 0;
    switch (word.empty() ? '\0' : word.back()) {
        case 'n':
            ending = std::max(cut("ization"), cut("ation"));
            break;
        case 's':
            if (cut("ies")) return word.size() - 2;  // Its i stays.
            ending = std::max({cut("ations"), cut("ings"), cut("es"), cut("s")});
            break;
        case 'y':
            ending = std::max(cut("edly"), cut("ly"));
            break;
        case 'g':
            ending = cut("ing");
            break;
        case 'd':
            ending = cut("ed");
            break;
        case 'e':
            ending = cut("e");
            break;
        default:
            break;
    }
    return word.size() - ending;
}

/// Whether stem_size() may find something to cut behind a word of ASCII that ends so.
constexpr auto may_be_cut = [] {
    std::array<bool, 256> table{};
    for (const unsigned char c : {'n', 's', 'g', 'y', 'd', 'e'}) table[c] = table[c - 32] = true;
    return table;
}();

/// Nothing is copied but the last letters: most words come here.
std::size_t ascii_stem_size(std::string_view word) {
    if (!may_be_cut[static_cast<std::uint8_t>(word.back())]) return word.size();
    if (word.size() < 5 && word.find('\'') == word.npos) return word.size();
    constexpr std::size_t looked_at = 13;  // Seven of the longest ending, four that stay, and 's.
    const std::string_view last = word.substr(word.size() - std::min(word.size(), looked_at));
    char small[looked_at];
    std::ranges::transform(last, small, [](char c) { return static_cast<char>(c | 0x20); });
    return word.size() - last.size() + stem_size({small, last.size()});
}

/// `seen` are the kinds of its bytes.
Word word_at(std::string_view text, std::size_t begin, std::size_t end, std::uint8_t seen) {
    const std::string_view sent = text.substr(begin, end - begin);
    Word word{.begin = static_cast<std::uint32_t>(begin),
              .end = static_cast<std::uint32_t>(end),
              .has_digit = (seen & digit) != 0};
    word.capital = sent[0] >= 'A' && sent[0] <= 'Z' && sent != "I" && !sent.starts_with("I'") &&
                   !sent.starts_with("I’");
    const bool has_separator = word.has_digit && (seen & mark) && sent.find(',') != sent.npos;
    if (!(seen & other_script) && !has_separator) {
        word.stem = hash_of_small(sent.substr(0, ascii_stem_size(sent)));
        return word;
    }
    std::string small = folded(sent);
    if (word.has_digit) std::erase(small, ',');
    word.stem = hash_of_small(std::string_view(small).substr(0, stem_size(small)));
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
    text = text.substr(0, UINT32_MAX);
    std::vector<Word> words;
    words.reserve(text.size() / 5);
    for (std::size_t at = 0; at < text.size();) {
        if (kind_of(text[at]) == apart) {
            ++at;
            continue;
        }
        if (const std::size_t lone = lone_character(text, at)) {
            words.push_back(word_at(text, at, at + lone, other_script));
            at += lone;
            continue;
        }
        std::size_t end = at;
        std::uint8_t seen = 0;
        while (end < text.size()) {
            const std::uint8_t kind = kind_of(text[end]);
            std::size_t more = kind != apart;
            if (kind >= mark) more = lone_character(text, end) ? 0 : continues(text, end);
            if (more == 0) break;
            seen |= kind;
            end += more;
        }
        if (end > at) words.push_back(word_at(text, at, end, seen));
        at = std::max(end, at + 1);
    }
    return words;
}

std::uint64_t hash_of_stem(std::string_view stem) {
    return hash_of_small(stem);
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
